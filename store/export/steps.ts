import type { OnProgress } from '../backup.js';

/** Records after which progress is reported. */
const STEP = 1000;

/** Counts records and reports every thousandth, and the last. */
export class Steps {
  #done = 0;

  constructor(
    readonly onProgress: OnProgress,
    readonly step: Parameters<OnProgress>[0],
    readonly total: number,
  ) {}

  one(): void {
    this.many(1);
  }

  many(records: number): void {
    const before = this.#done;
    this.#done += records;
    if (Math.floor(before / STEP) !== Math.floor(this.#done / STEP) || this.#done === this.total)
      this.onProgress(this.step, this.#done, this.total);
  }

  /** Counts what passes through. */
  async *through<T>(records: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const record of records) {
      yield record;
      this.one();
    }
  }
}
