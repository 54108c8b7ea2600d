import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { asSystem, type SystemParts } from '../../gateway/auth/as-system.js';
import { Refusal } from '../../gateway/http/attempt.js';
import { firstBrokenRule } from '../../subgraphs/shared/errors/issue-words.js';
import { textShape } from '../../subgraphs/shared/scalars/clean-text.js';
import { uuidShape } from '../../subgraphs/shared/scalars/uuid.js';
import type { FeedParts } from '../feed/parts.js';

const OUTBOX_PATH = '/notes/v1/outbox';
export const RECEIPTS_PATH = '/notes/v1/receipts';

const PAGE = 50;

const receiptsShape = z.strictObject({
  receipts: z
    .array(
      z.discriminatedUnion('outcome', [
        z.strictObject({ id: uuidShape, outcome: z.literal('TAKEN') }),
        z.strictObject({
          id: uuidShape,
          outcome: z.literal('REFUSED'),
          reason: textShape(255, { lines: true }).overwrite((text) => text.trim()),
        }),
      ]),
    )
    .min(1)
    .max(PAGE),
});

type NoteParts = SystemParts & Pick<FeedParts, 'ports' | 'now'>;

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
    asSystem(parts, request, reply, async ({ code }) => {
      const parsed = receiptsShape.safeParse(request.body);
      if (!parsed.success) {
        const { field, rule } = firstBrokenRule(parsed.error);
        throw new Refusal('BAD_INPUT', { field: field || 'body', rule });
      }
      const receipts = parsed.data.receipts.map((receipt) => ({
        id: receipt.id,
        outcome: receipt.outcome,
        reason: 'reason' in receipt ? receipt.reason : null,
      }));
      const settled = await parts.ports.cases.noteReceipts(code, receipts, parts.now());
      return reply.send({ settled });
    }),
  );
}
