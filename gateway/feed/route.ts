import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { AccessClient } from '../auth/access-client.js';
import type { IngestPorts } from '../../subgraphs/shared/ingest/ingest-port.js';
import type { FeedRecord } from '../../subgraphs/shared/ingest/records.js';
import type { IngestOutcome } from '../../subgraphs/shared/ingest/store-registrations.js';
import type { ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { worded } from '../plugins/own-words.js';
import { checkRecord, type Reject } from './check-record.js';
import { deliverInOrder } from './deliver.js';
import { noteDeliveries } from './note-deliveries.js';
import { DeliveryError, readRecordTexts, type BrokenDelivery, type DeliveryForm } from './read-lines.js';
import type { DeliveringSystem } from './system.js';

export interface FeedParts {
  readonly access: AccessClient;
  readonly ports: IngestPorts;
  readonly now: () => Date;
  /** The address assertions must be for. */
  readonly audience: string;
  readonly isReady: () => boolean;
  readonly onError: (error: unknown, requestId: string) => void;
}

/** What became of one record of a delivery, in its place. */
export interface RecordResult {
  readonly index: number;
  readonly id: string | null;
  readonly result: Exclude<IngestOutcome, 'foreign'> | 'rejected';
  readonly field?: string;
  readonly rule?: string;
}

/** Totals of a delivery: delivered = accepted + duplicate + superseded + rejected, always. */
export interface DeliveryTotals {
  readonly delivered: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly superseded: number;
  readonly rejected: number;
}

export const FEED_PATH = '/feed/v1/records';
const BATCH = 500;
const MAX_BODY_BYTES = 1 << 30;

/**
 * `POST /feed/v1/records`: a source system delivers (design.md §7). Each record has a result of its own; what is
 * acknowledged is stored by its owner. A body that breaks off ends the delivery, and what came before it stands.
 */
export function installFeed(app: FastifyInstance, parts: FeedParts): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(['application/x-ndjson', 'application/json'], (_request, payload, next) =>
      next(null, payload),
    );
    scope.post(FEED_PATH, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
      const requestId = randomUUID();
      reply.header('overblik-request', requestId);
      const system = await authenticate(parts, request);
      if (system === undefined)
        return reply.code(503).send({ errors: [worded('ACCESS_UNAVAILABLE', requestId)] });
      if (system === null)
        return reply
          .code(401)
          .header('www-authenticate', 'Bearer')
          .send({ errors: [worded('UNAUTHENTICATED', requestId)] });
      const delivery = await takeDelivery(parts, system, request, requestId);
      const errors = delivery.problem
        ? [worded(codeOf(delivery.problem), requestId, undefined, detailOf(delivery.problem))]
        : undefined;
      const status = delivery.problem ? STATUS[codeOf(delivery.problem)] : 200;
      return reply
        .code(status)
        .send({ ...delivery.totals, results: delivery.results, ...(errors && { errors }) });
    });
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

async function authenticate(
  parts: FeedParts,
  request: FastifyRequest,
): Promise<DeliveringSystem | null | undefined> {
  if (!parts.isReady()) return undefined;
  const assertion = /^Bearer ([A-Za-z0-9._-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
  return assertion === undefined ? null : parts.access.authenticateSystem(assertion, parts.audience);
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
  requestId: string,
): Promise<Delivery> {
  const form: DeliveryForm = request.headers['content-type']?.startsWith('application/json')
    ? 'json'
    : 'ndjson';
  const gzip = request.headers['content-encoding'] === 'gzip';
  const taker = new Taker(parts, system);
  let problem: Problem | undefined;
  try {
    for await (const text of readRecordTexts(request.body as Readable, form, gzip)) await taker.take(text);
  } catch (error) {
    if (!(error instanceof DeliveryError))
      return { ...taker.told(), problem: storeProblem(parts, error, requestId) };
    problem = error.problem;
  }
  try {
    await taker.flush();
  } catch (error) {
    problem = storeProblem(parts, error, requestId);
  }
  return { ...taker.told(), problem };
}

function storeProblem(parts: FeedParts, error: unknown, requestId: string): 'STORE' {
  parts.onError(error, requestId);
  return 'STORE';
}

/** Takes records in batches and remembers what became of each. */
class Taker {
  readonly #results: RecordResult[] = [];
  #batch: { readonly index: number; readonly record: FeedRecord }[] = [];
  #next = 0;

  constructor(
    readonly parts: FeedParts,
    readonly system: DeliveringSystem,
  ) {}

  async take(text: string): Promise<void> {
    const index = this.#next++;
    const checked = checkRecord(text, this.system, this.parts.now());
    if ('reject' in checked) this.#reject(index, checked.id, checked.reject);
    else this.#batch.push({ index, record: checked.record });
    if (this.#batch.length >= BATCH) await this.flush();
  }

  /** What a failed batch held has no result: it was not acknowledged, and the sender sends it again. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length === 0) return;
    const records = batch.map(({ record }) => record);
    const outcomes = await deliverInOrder(this.parts.ports, records);
    await noteDeliveries(this.parts.ports, this.system, records, this.parts.now());
    for (const [i, { index, record }] of batch.entries()) this.#note(index, record.id, outcomes[i]!);
  }

  told(): { totals: DeliveryTotals; results: RecordResult[] } {
    const results = [...this.#results].sort((a, b) => a.index - b.index);
    const count = (result: RecordResult['result']) => results.filter((one) => one.result === result).length;
    const totals = {
      delivered: results.length,
      accepted: count('accepted'),
      duplicate: count('duplicate'),
      superseded: count('superseded'),
      rejected: count('rejected'),
    };
    return { totals, results };
  }

  #note(index: number, id: string, outcome: IngestOutcome): void {
    if (outcome === 'foreign')
      this.#reject(index, id, { field: 'id', rule: 'an id no other source system uses' });
    else this.#results.push({ index, id, result: outcome });
  }

  #reject(index: number, id: string | null, { field, rule }: Reject): void {
    this.#results.push({ index, id, result: 'rejected', field, rule });
  }
}
