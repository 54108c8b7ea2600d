import type { AuditFact } from './entry.js';
import { foldParts } from './fold-parts.js';
import type { Openings } from './openings.js';
import type { AuditWriter } from './writer.js';

/**
 * What the parts of one request record, made durable together: one wait for the disk instead of one for each part, and one
 * entry for a person who was opened. Nothing
 * of the answer may leave before `write` has resolved. What is appended later is written at once.
 */
export class AuditBatch implements Pick<AuditWriter, 'append'> {
  #facts: AuditFact[] = [];
  #written: Promise<void> | undefined;

  /** @param openings who is open in which look-up, for those who answer more than one request of it */
  constructor(
    readonly writer: Pick<AuditWriter, 'append'>,
    readonly openings?: Openings,
  ) {}

  append(facts: readonly AuditFact[]): Promise<void> {
    if (this.#written) return this.writer.append(facts);
    this.#facts.push(...facts);
    return Promise.resolve();
  }

  /** Resolves when everything appended so far is durable; throws AUDIT_UNAVAILABLE when it is not, each time it is asked. */
  write(): Promise<void> {
    this.#written ??= this.#fold();
    return this.#written;
  }

  async #fold(): Promise<void> {
    const folded = foldParts(this.#facts);
    const facts = this.openings?.continued(folded) ?? folded;
    await this.writer.append(facts);
    this.openings?.remember(facts);
  }
}
