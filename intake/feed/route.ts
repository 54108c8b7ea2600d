import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { admitSystem } from '../../gateway/auth/as-system.js';
import type { DeliveringSystem } from '../../gateway/auth/system.js';
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
    scope.post(
      FEED_PATH,
      { bodyLimit: MAX_BODY_BYTES, config: { unpacksBody: true } },
      async (request, reply) => {
        const requestId = randomUUID();
        reply.header('overblik-request', requestId);
        const system = await admitSystem(parts, request, reply, requestId);
        if (!system) return reply;
        const form = bodyFormOf(request.headers);
        if ('rule' in form) {
          const error = worded('MEDIA_TYPE_UNSUPPORTED', requestId, undefined, { ...form });
          return reply
            .code(415)
            .header('connection', 'close')
            .send({ errors: [error] });
        }
        const delivery = await takeDelivery(parts, system, request, form, requestId);
        for (const result of RESULTS) parts.onRecords(system.code, result, delivery.totals[result]);
        const errors = delivery.problem
          ? [worded(codeOf(delivery.problem), requestId, undefined, detailOf(delivery.problem))]
          : undefined;
        const status = delivery.problem ? STATUS[codeOf(delivery.problem)] : 200;
        // What is left of a body nobody reads to its end would hold the connection until it times out.
        if (!(request.body as Readable).readableEnded) reply.header('connection', 'close');
        return reply
          .code(status)
          .send({ ...delivery.totals, results: delivery.results, ...(errors && { errors }) });
      },
    );
    done();
  });
}

const STATUS = { BODY_TOO_LARGE: 413, BAD_INPUT: 400, PART_UNAVAILABLE: 503 } as const;
type FeedCode = keyof typeof STATUS & ErrorCode;
type Problem = BrokenDelivery | 'STORE';

function codeOf(problem: Problem): FeedCode {
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
  request: FastifyRequest,
  { form, gzip }: BodyForm,
  requestId: string,
): Promise<Delivery> {
  const taker = new DeliveryTaker(parts, system);
  let problem: Problem | undefined;
  try {
    for await (const text of readRecordTexts(request.body as Readable, form, gzip)) await taker.take(text);
  } catch (error) {
    if (!(error instanceof DeliveryError))
      return { ...taker.told(), problem: storeProblem(parts, error, requestId) };
    problem = error.problem;
  }
  try {
    await taker.end(problem === undefined ? sequenceOf(request) : undefined);
  } catch (error) {
    problem = storeProblem(parts, error, requestId);
  }
  return { ...taker.told(), problem };
}

/** @returns the number a system gives its delivery, so that a missing one shows. */
function sequenceOf({ headers }: FastifyRequest): number | undefined {
  const text = headers['overblik-sequence'];
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function storeProblem(parts: FeedParts, error: unknown, requestId: string): 'STORE' {
  parts.onError(error, requestId);
  return 'STORE';
}
