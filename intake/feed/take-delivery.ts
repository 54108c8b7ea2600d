import { promisify } from 'node:util';
import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { lookUpsFirst } from '../../gateway/http/look-ups-first.js';
import { pairs } from '../../subgraphs/shared/certain/pairs.js';
import type { IngestOutcome } from '../../subgraphs/shared/in-step/registered.js';
import type { FeedRecord } from '../../subgraphs/shared/records/records.js';
import { deliverInOrder } from '../in-step/deliver.js';
import { authorityOf } from './bounded-by.js';
import { checkRecord, kleNumbersOf, type Reject } from './check-record.js';
import { noteDeliveries } from './note-deliveries.js';
import type { FeedParts } from './parts.js';

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

export type TakingParts = Pick<FeedParts, 'ports' | 'now' | 'topics' | 'lookUps'>;

interface Waiting {
  readonly index: number;
  readonly text: string;
  readonly record: FeedRecord;
}

interface RejectedRecord {
  readonly index: number;
  readonly text: string;
  readonly id: string | null;
  readonly reject: Reject;
}

const BATCH = 500;
/** Records checked in a row; in between others are answered. */
const TURN = 50;
const nextTurn = promisify(setImmediate);

/** Takes the records of one delivery in batches and remembers what became of each. A reject never blocks its neighbours. */
export class DeliveryTaker {
  readonly #results: RecordResult[] = [];
  readonly #typeOf = new Map<string, string>();
  #batch: Waiting[] = [];
  #rejected: RejectedRecord[] = [];
  readonly #taken: FeedRecord[] = [];
  #next = 0;
  /** The batch that is being delivered while the next one is read; undefined when none is. */
  #flushing: Promise<void> | undefined;

  constructor(
    readonly parts: TakingParts,
    readonly system: DeliveringSystem,
  ) {}

  async take(text: string): Promise<void> {
    const index = this.#next++;
    const checked = checkRecord(text, this.system, this.parts.now());
    if ('reject' in checked) this.#rejected.push({ index, text, ...checked });
    else if (this.#isOfAnotherType(checked.record)) {
      const reject = { field: 'id', rule: 'an id no record of another type uses' };
      this.#rejected.push(asRejected({ index, text, record: checked.record }, reject));
    } else this.#batch.push({ index, text, record: checked.record });
    if (index % TURN === 0) await nextTurn();
    if (this.#batch.length + this.#rejected.length < BATCH) return;
    await this.#delivered();
    this.#flushing = this.#flush();
    // The next caller that waits for it gets the error.
    this.#flushing.catch(() => undefined);
  }

  /** @param sequence the system's own number of the delivery */
  async end(sequence: number | undefined): Promise<void> {
    await this.#delivered();
    await this.#flush();
    const { ports, now } = this.parts;
    const gaps = sequence === undefined ? undefined : await ports.access.numbered(this.system.code, sequence);
    if (this.#taken.length > 0) await noteDeliveries(ports, this.system, this.#taken, now(), gaps);
  }

  report(): { totals: DeliveryTotals; results: RecordResult[] } {
    const results = [...this.#results].sort((a, b) => a.index - b.index);
    const count = (result: RecordResult['result']) => results.filter((each) => each.result === result).length;
    const totals = {
      delivered: results.length,
      accepted: count('accepted'),
      duplicate: count('duplicate'),
      superseded: count('superseded'),
      rejected: count('rejected'),
    };
    return { totals, results };
  }

  /** Waits for the batch under way. Throws what it met, once. */
  async #delivered(): Promise<void> {
    const flushing = this.#flushing;
    this.#flushing = undefined;
    await flushing;
  }

  /** What a failed batch held has no result: it was not acknowledged, and the sender sends it again. */
  async #flush(): Promise<void> {
    const [waiting, rejected] = [this.#batch, this.#rejected];
    [this.#batch, this.#rejected] = [[], []];
    const batch = await this.#withKnownTopics(waiting, rejected);
    const outcomes = await deliverInOrder(
      lookUpsFirst(this.parts.ports, this.parts.lookUps),
      batch.map(({ record }) => record),
    );
    const results: RecordResult[] = [];
    for (const [item, result] of pairs(batch, outcomes)) {
      if (result === 'foreign')
        rejected.push(asRejected(item, { field: 'id', rule: 'an id no other source system uses' }));
      else results.push({ index: item.index, id: item.record.id, result });
    }
    await this.#keepRejects(
      rejected,
      batch.map(({ record }) => record.id),
    );
    this.#results.push(...results);
    for (const { record } of batch) this.#taken.push(headOf(record));
  }

  async #withKnownTopics(batch: readonly Waiting[], rejected: RejectedRecord[]): Promise<Waiting[]> {
    const own = new Set(batch.flatMap(({ record }) => (record.type === 'kle-topic' ? [record.number] : [])));
    const asked = batch.flatMap(({ record }) => kleNumbersOf(record)).filter((number) => !own.has(number));
    const known = await this.parts.topics.among(asked);
    return batch.filter((waiting) => {
      const missing = kleNumbersOf(waiting.record).some((number) => !known.has(number) && !own.has(number));
      if (missing)
        rejected.push(asRejected(waiting, { field: 'kle', rule: 'a topic of the classification' }));
      return !missing;
    });
  }

  /** Stored before they are answered: what is answered as rejected can be listed, corrected and sent again. */
  async #keepRejects(rejected: readonly RejectedRecord[], taken: readonly string[]): Promise<void> {
    const kept = rejected.map(({ text, id: recordId, reject }) => ({ text, recordId, ...reject }));
    const refused = new Set(rejected.map(({ id }) => id));
    await this.parts.ports.access.rejects(
      this.system.code,
      kept,
      taken.filter((id) => !refused.has(id)),
      this.parts.now(),
    );
    for (const { index, id, reject } of rejected)
      this.#results.push({ index, id, result: 'rejected', field: reject.field, rule: reject.rule });
  }

  #isOfAnotherType(record: FeedRecord): boolean {
    const type = record.type === 'removal' ? record.of : record.type;
    const known = this.#typeOf.get(record.id) ?? type;
    this.#typeOf.set(record.id, known);
    return known !== type;
  }
}

function asRejected({ index, text, record }: Waiting, reject: Reject): RejectedRecord {
  return { index, text, id: record.id, reject };
}

/** What freshness looks at, without the content. */
function headOf(record: FeedRecord): FeedRecord {
  const authority = authorityOf(record);
  const owner = authority ? { [authority.field]: authority.cvr } : {};
  const of = record.type === 'removal' ? { of: record.of } : {};
  // cast: without the content, which freshness does not read
  return { type: record.type, registeredAt: record.registeredAt, ...owner, ...of } as FeedRecord;
}
