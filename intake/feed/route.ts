import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asSystem } from '../../gateway/auth/as-system.js';
import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { refuse, statusOf } from '../../gateway/http/refuse.js';
import { worded } from '../../gateway/plugins/own-words.js';
import type { ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { type BodyForm, bodyFormOf } from './body-form.js';
import type { FeedParts } from './parts.js';
import { type BrokenDelivery, DeliveryError, readRecordTexts } from './read-lines.js';
import { installRejects } from './rejects-route.js';
import { DeliveryTaker, type DeliveryTotals, type RecordResult } from './take-delivery.js';

const RESULTS = ['accepted', 'duplicate', 'superseded', 'rejected'] as const;

const FEED_PATH = '/feed/v1/records';
const MAX_BODY_BYTES = 1 << 30;

/**
 * `POST /feed/v1/records`: a source system delivers. Each record has a result of its own; what is
 * acknowledged is stored by its owner. A body that breaks off ends the delivery, and what came before it stands.
 */
export function installFeed(app: FastifyInstance, parts: FeedParts): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(['application/x-ndjson', 'application/json'], (_request, payload, next) =>
      next(null, payload),
    );
    installRejects(scope, parts);
    scope.post<DeliveredBody>(
      FEED_PATH,
      { bodyLimit: MAX_BODY_BYTES, config: { unpacksBody: true } },
      (request, reply) =>
        asSystem(parts, request, reply, (system) => answerDelivery(parts, system, request, reply)),
    );
    done();
  });
}

/** A delivery is read as it arrives. */
interface DeliveredBody {
  readonly Body: Readable;
}

async function answerDelivery(
  parts: FeedParts,
  system: DeliveringSystem,
  request: FastifyRequest<DeliveredBody>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = bodyFormOf(request.headers);
  if ('rule' in form)
    return refuse(reply.header('connection', 'close'), 'MEDIA_TYPE_UNSUPPORTED', { ...form });
  const { totals, results, problem } = await takeDelivery(parts, system, request, form);
  for (const result of RESULTS) parts.onRecords(system.code, result, totals[result]);
  // What is left of a body nobody reads to its end would hold the connection until it times out.
  if (!request.body.readableEnded) reply.header('connection', 'close');
  if (problem === undefined) return reply.send({ ...totals, results });
  const code = codeOf(problem);
  const errors = [worded(code, request.id, undefined, detailOf(problem))];
  return reply.code(statusOf(code)).send({ ...totals, results, errors });
}

type Problem = BrokenDelivery | 'STORE';

function codeOf(problem: Problem): ErrorCode {
  if (problem === 'STORE') return 'PART_UNAVAILABLE';
  return problem === 'TOO_LARGE' || problem === 'TOO_MANY' ? 'BODY_TOO_LARGE' : 'BAD_INPUT';
}

const RULES: Readonly<Record<Exclude<Problem, 'STORE'>, string>> = {
  TOO_LARGE: 'at most 64 MB unpacked; send the rest in another delivery',
  TOO_MANY: 'at most 10,000 records; send the rest in another delivery',
  LINE_TOO_LONG: 'at most 512 kB a record',
  NOT_GZIP: 'whole gzip data',
  NOT_UTF8: 'UTF-8',
  NOT_JSON: 'an array of objects',
  CUT_OFF: 'a whole body',
};

function detailOf(problem: Problem): Record<string, string> {
  return problem === 'STORE' ? {} : { field: 'body', rule: RULES[problem] };
}

interface Delivery {
  readonly totals: DeliveryTotals;
  readonly results: readonly RecordResult[];
  readonly problem: Problem | undefined;
}

async function takeDelivery(
  parts: FeedParts,
  system: DeliveringSystem,
  request: FastifyRequest<DeliveredBody>,
  { form, gzip }: BodyForm,
): Promise<Delivery> {
  const taker = new DeliveryTaker(parts, system);
  let problem: Problem | undefined;
  try {
    for await (const text of readRecordTexts(request.body, form, gzip)) await taker.take(text);
  } catch (error) {
    if (!(error instanceof DeliveryError))
      return { ...taker.report(), problem: storeProblem(parts, error, request.id) };
    problem = error.problem;
  }
  try {
    await taker.end(problem === undefined ? sequenceOf(request) : undefined);
  } catch (error) {
    problem = storeProblem(parts, error, request.id);
  }
  return { ...taker.report(), problem };
}

/** @returns the number a system gives its delivery, so that a missing one shows. */
function sequenceOf({ headers }: Pick<FastifyRequest, 'headers'>): number | undefined {
  const text = headers['overblik-sequence'];
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function storeProblem(parts: FeedParts, error: unknown, requestId: string): 'STORE' {
  parts.onError(error, requestId);
  return 'STORE';
}
