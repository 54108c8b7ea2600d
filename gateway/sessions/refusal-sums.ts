import type { AuditFact } from '../../subgraphs/shared/audit/entry.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';

const MINUTE_MS = 60_000;
/** Refusals of one kind that are recorded one by one in a minute. */
export const SINGLE_REFUSALS = 10;

interface Kind {
  readonly latest: AuditFact;
  /** How many there were in the minute, and how many of them have no entry yet. */
  readonly times: number;
  readonly summed: number;
}

/**
 * Refusals that nobody signed in stands behind: anybody outside can cause them, so they must not fill the log. The first ones of each kind
 * in a minute are recorded one by one; the others as one entry with their number when the minute is over.
 */
export class RefusalSums {
  readonly #kinds = new Map<string, Kind>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly audit: Pick<AuditWriter, 'append'>,
    private readonly now: () => Date,
  ) {}

  /** Records a refusal, durable when this resolves, or counts it. */
  async note(fact: AuditFact): Promise<void> {
    this.#timer ??= this.#flushLater();
    // Rules and authorities are ours, so the kinds are few whoever asks.
    const key = `${fact.event}|${fact.ruleCode ?? ''}|${fact.cvr}`;
    const { times, summed } = this.#kinds.get(key) ?? { times: 0, summed: 0 };
    const isSingle = times < SINGLE_REFUSALS;
    this.#kinds.set(key, { latest: fact, times: times + 1, summed: isSingle ? summed : summed + 1 });
    if (isSingle) await this.audit.append([fact]);
  }

  /** Records the sums of the minute; they are kept for the next time when that fails. */
  async flush(): Promise<void> {
    const before = [...this.#kinds];
    this.#kinds.clear();
    const sums = before.flatMap(([, { latest, summed }]) =>
      summed > 0 ? [this.#sumOf(latest, summed)] : [],
    );
    if (sums.length === 0) return;
    try {
      await this.audit.append(sums);
    } catch (error) {
      for (const [key, { latest, summed }] of before) {
        const since = this.#kinds.get(key) ?? { times: 0, summed: 0 };
        this.#kinds.set(key, { latest, times: since.times, summed: since.summed + summed });
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
  }

  #flushLater(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timer = undefined;
      // The log's writer has said why it could not be written.
      void this.flush().catch(() => (this.#timer ??= this.#flushLater()));
    }, MINUTE_MS).unref();
  }

  #sumOf(latest: AuditFact, summed: number): AuditFact {
    return {
      ...latest,
      at: this.now(),
      requestId: '',
      objects: [],
      citizenId: null,
      criteria: [{ name: 'times', value: String(summed) }],
    };
  }
}
