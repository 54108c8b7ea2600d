import type { FeedRecord } from '../../subgraphs/shared/ingest/records.js';
import type { IngestOutcome } from '../../subgraphs/shared/ingest/store-registrations.js';
import { checkRecord, kleNumbersOf, type Reject } from './check-record.js';
import { deliverInOrder } from './deliver.js';
import { noteDeliveries } from './note-deliveries.js';
import type { FeedParts } from './route.js';
import type { DeliveringSystem } from './system.js';

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

export type TakingParts = Pick<FeedParts, 'ports' | 'now' | 'topics'>;

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

/** Takes the records of one delivery in batches and remembers what became of each. A reject never blocks its neighbours. */
export class DeliveryTaker {
  readonly #results: RecordResult[] = [];
  readonly #typeOf = new Map<string, string>();
  #batch: Waiting[] = [];
  #rejected: RejectedRecord[] = [];
  readonly #taken: FeedRecord[] = [];
  #next = 0;

  constructor(
    readonly parts: TakingParts,
    readonly system: DeliveringSystem,
  ) {}

  async take(text: string): Promise<void> {
    const index = this.#next++;
    const checked = checkRecord(text, this.system, this.parts.now());
    if ('reject' in checked) this.#rejected.push({ index, text, ...checked });
    else if (this.#isOfAnotherType(checked.record))
      this.#reject(
        { index, text, record: checked.record },
        { field: 'id', rule: 'an id no record of another type uses' },
      );
    else this.#batch.push({ index, text, record: checked.record });
    if (this.#batch.length + this.#rejected.length >= BATCH) await this.#flush();
  }

  /** @param sequence the system's own number of the delivery */
  async end(sequence: number | undefined): Promise<void> {
    await this.#flush();
    const { ports, now } = this.parts;
    const gaps = sequence === undefined ? undefined : await ports.access.numbered(this.system.code, sequence);
    if (this.#taken.length > 0) await noteDeliveries(ports, this.system, this.#taken, now(), gaps);
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

  /** What a failed batch held has no result: it was not acknowledged, and the sender sends it again. */
  async #flush(): Promise<void> {
    const batch = await this.#withKnownTopics(this.#batch);
    this.#batch = [];
    const outcomes = await deliverInOrder(
      this.parts.ports,
      batch.map(({ record }) => record),
    );
    const results: RecordResult[] = [];
    for (const [i, waiting] of batch.entries()) {
      const result = outcomes[i]!;
      if (result === 'foreign')
        this.#reject(waiting, { field: 'id', rule: 'an id no other source system uses' });
      else results.push({ index: waiting.index, id: waiting.record.id, result });
    }
    await this.#keepRejects(batch.map(({ record }) => record.id));
    this.#results.push(...results);
    for (const { record } of batch) this.#taken.push(headOf(record));
  }

  async #withKnownTopics(batch: readonly Waiting[]): Promise<Waiting[]> {
    const own = new Set(batch.flatMap(({ record }) => (record.type === 'kle-topic' ? [record.number] : [])));
    const asked = batch.flatMap(({ record }) => kleNumbersOf(record)).filter((number) => !own.has(number));
    const known = await this.parts.topics.among(asked);
    return batch.filter((waiting) => {
      const missing = kleNumbersOf(waiting.record).some((number) => !known.has(number) && !own.has(number));
      if (missing) this.#reject(waiting, { field: 'kle', rule: 'a topic of the classification' });
      return !missing;
    });
  }

  /** Kept before they are told of: what is told as rejected can be listed, corrected and sent again. */
  async #keepRejects(taken: readonly string[]): Promise<void> {
    const rejected = this.#rejected;
    this.#rejected = [];
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

  #reject({ index, text, record }: Waiting, reject: Reject): void {
    this.#rejected.push({ index, text, id: record.id, reject });
  }

  #isOfAnotherType(record: FeedRecord): boolean {
    const type = record.type === 'removal' ? record.of : record.type;
    const known = this.#typeOf.get(record.id) ?? type;
    this.#typeOf.set(record.id, known);
    return known !== type;
  }
}

/** What freshness looks at, without the content. */
function headOf(record: FeedRecord): FeedRecord {
  const owner = 'ownerCvr' in record ? { ownerCvr: record.ownerCvr } : {};
  const of = record.type === 'removal' ? { of: record.of } : {};
  return { type: record.type, registeredAt: record.registeredAt, ...owner, ...of } as FeedRecord;
}
