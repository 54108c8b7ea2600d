import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { authenticate, refuseSystem, type FeedParts } from '../feed/route.js';
import type { DeliveringSystem } from '../feed/system.js';
import { worded } from '../plugins/own-words.js';

export const OUTBOX_PATH = '/notes/v1/outbox';
export const RECEIPTS_PATH = '/notes/v1/receipts';

const PAGE = 50;

const receiptsShape = z.strictObject({
  receipts: z
    .array(
      z.discriminatedUnion('outcome', [
        z.strictObject({ id: z.uuid(), outcome: z.literal('TAKEN') }),
        z.strictObject({
          id: z.uuid(),
          outcome: z.literal('REFUSED'),
          reason: z.string().trim().min(1).max(255),
        }),
      ]),
    )
    .min(1)
    .max(PAGE),
});

type NoteParts = Pick<FeedParts, 'access' | 'audience' | 'isReady' | 'ports' | 'now' | 'onError'>;

/**
 * A source system fetches the journal notes written on its cases (`GET /notes/v1/outbox`) and says what became of each
 * (`POST /notes/v1/receipts`). The system calls, never Overblik: there is no address to keep and none to be led astray by
 * (docs/decisions/015).
 */
export function installNotes(app: FastifyInstance, parts: NoteParts): void {
  app.get(OUTBOX_PATH, (request, reply) =>
    asSystem(parts, request, reply, async ({ code, deliveries }) => {
      const owners = deliveries.map(({ cvr }) => cvr);
      const notes = await parts.ports.cases.waitingNotes(code, owners, PAGE);
      return reply.header('cache-control', 'no-store').send({ notes });
    }),
  );
  app.post(RECEIPTS_PATH, (request, reply) =>
    asSystem(parts, request, reply, async ({ code }, requestId) => {
      const parsed = receiptsShape.safeParse(request.body);
      if (!parsed.success) {
        const { path, message } = parsed.error.issues[0]!;
        const detail = { field: path.join('.') || 'body', rule: message };
        return reply.code(400).send({ errors: [worded('BAD_INPUT', requestId, undefined, detail)] });
      }
      const receipts = parsed.data.receipts.map((one) => ({
        id: one.id,
        outcome: one.outcome,
        reason: 'reason' in one ? one.reason : null,
      }));
      const settled = await parts.ports.cases.noteReceipts(code, receipts, parts.now());
      return reply.send({ settled });
    }),
  );
}

async function asSystem(
  parts: NoteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (system: DeliveringSystem, requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const requestId = randomUUID();
  reply.header('overblik-request', requestId);
  const system = await authenticate(parts, request);
  if (!system) return refuseSystem(reply, system, requestId);
  try {
    return await act(system, requestId);
  } catch (error) {
    parts.onError(error, requestId);
    return reply.code(503).send({ errors: [worded('PART_UNAVAILABLE', requestId)] });
  }
}
