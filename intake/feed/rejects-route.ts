import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { asSystem } from '../../gateway/auth/as-system.js';
import { Refusal } from '../../gateway/http/attempt.js';
import type { FeedParts } from './parts.js';
import { DELIVERY_LIMITS } from './read-lines.js';
import { DeliveryTaker } from './take-delivery.js';

export const REJECTS_PATH = '/feed/v1/rejects';
const PAGE = 100;

/**
 * What a system has had rejected: listed (`GET`), sent again as it is or corrected (`POST …/ID`), given up (`DELETE
 * …/ID`). Only the system that sent a record gets to see it again.
 */
export function installRejects(scope: FastifyInstance, parts: FeedParts): void {
  scope.get<{ Querystring: { after?: string } }>(REJECTS_PATH, (request, reply) =>
    asSystem(parts, request, reply, async (system) => {
      const after = typeof request.query.after === 'string' ? request.query.after : null;
      const rejects = await parts.ports.access.rejectsOf(system.code, after, PAGE);
      return reply.send({ rejects, next: rejects.length === PAGE ? (rejects.at(-1)?.id ?? null) : null });
    }),
  );
  scope.delete<{ Params: { id: string } }>(`${REJECTS_PATH}/:id`, (request, reply) =>
    asSystem(parts, request, reply, async (system) => {
      const [given] = await parts.ports.access.settleReject(system.code, request.params.id);
      if (!given) throw new Refusal('NOT_FOUND');
      return reply.code(204).send();
    }),
  );
  // The bound is ours to tell: it is that of a record in a delivery.
  const options = { bodyLimit: DELIVERY_LIMITS.bytes };
  scope.post<{ Params: { id: string }; Body: Readable | null | undefined }>(
    `${REJECTS_PATH}/:id`,
    options,
    (request, reply) =>
      asSystem(parts, request, reply, async (system) => {
        const kept = await parts.ports.access.rejectOf(system.code, request.params.id);
        if (!kept) throw new Refusal('NOT_FOUND');
        const corrected = await bodyOf(request.body);
        const taker = new DeliveryTaker(parts, system);
        await taker.take(corrected.trim() === '' ? kept.record : corrected);
        await taker.end(undefined);
        const [result] = taker.report().results;
        if (result?.result !== 'rejected') await parts.ports.access.settleReject(system.code, kept.id);
        return reply.send(result);
      }),
  );
}

const bad = (code: 'BODY_TOO_LARGE' | 'BAD_INPUT', rule: string) =>
  new Refusal(code, { field: 'body', rule });

/** @returns the body as text; throws Refusal when it is longer than a record may be, or no UTF-8 */
async function bodyOf(body: Readable | null | undefined): Promise<string> {
  if (body === undefined || body === null) return '';
  const chunks: Buffer[] = [];
  let size = 0;
  // Read to its end, whatever its length: a sender that is still sending would not get to read the answer.
  const received: AsyncIterable<Buffer> = body;
  for await (const chunk of received) {
    size += chunk.length;
    if (size <= DELIVERY_LIMITS.lineBytes) chunks.push(chunk);
    if (size > DELIVERY_LIMITS.bytes) break;
  }
  if (size > DELIVERY_LIMITS.lineBytes) throw bad('BODY_TOO_LARGE', 'at most 512 kB a record');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw bad('BAD_INPUT', 'UTF-8');
  }
}
