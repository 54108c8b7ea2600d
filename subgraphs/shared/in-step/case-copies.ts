import type { Collection } from 'mongodb';
import { present } from '../certain/present.js';
import type { CaseFacts } from '../policy/facts.js';
import type { FactsAim } from '../ports/shapes.js';
import { type StaleCase, takeFacts, takeStaleMark, withdrawStaleMark } from './case-facts.js';
import { compareAndSet } from './compare-and-set.js';
import { filterOf, type RecordChange, writesOf } from './of-any-record.js';
import { type Registered, versionOf } from './registered.js';

/** Records that hang on cases and keep copies of their facts. */
export interface CaseCopies<T extends Registered> {
  readonly collection: Collection<T>;
  /** Path of the case ids. */
  readonly path: string;
  /** Paths `casesOf` and `factsOf` look at. */
  readonly projection: Readonly<Record<string, 1>>;
  readonly casesOf: (record: T) => readonly string[];
  readonly factsOf: (record: T) => readonly CaseFacts[];
  readonly withFacts: (facts: readonly CaseFacts[]) => Record<string, unknown>;
}

/**
 * Gives copies the facts of their cases, where those are newer, and shows again what a hand-over hid for nothing.
 * @param aim which records, and what was hidden
 */
export async function applyCaseFacts<T extends Registered>(
  copies: CaseCopies<T>,
  facts: readonly CaseFacts[],
  { only, withdrawal }: FactsAim,
): Promise<void> {
  const byCase = new Map(facts.map((fact) => [fact.caseId, fact]));
  const hidden = new Set(withdrawal?.caseIds);
  await changeCopies(copies, [...new Set([...byCase.keys(), ...hidden])], only, (known, caseId) => {
    const given = byCase.get(caseId);
    const now = given ? takeFacts(known, given) : known;
    return now && !(withdrawal && hidden.has(caseId)) ? now : withdrawStaleMark(now, caseId, withdrawal?.by);
  });
}

/** Hides copies of facts that are about to change. */
export async function markCaseFactsStale<T extends Registered>(
  copies: CaseCopies<T>,
  staleCases: readonly StaleCase[],
): Promise<void> {
  const byCase = new Map(staleCases.map((stale) => [stale.caseId, stale]));
  await changeCopies(copies, [...byCase.keys()], undefined, (known, caseId) =>
    takeStaleMark(known, present(byCase.get(caseId), 'the mark of a case')),
  );
}

async function changeCopies<T extends Registered>(
  copies: CaseCopies<T>,
  caseIds: readonly string[],
  ids: readonly string[] | undefined,
  change: (known: CaseFacts | undefined, caseId: string) => CaseFacts,
): Promise<void> {
  if (caseIds.length === 0 || ids?.length === 0) return;
  const { collection, path, projection } = copies;
  const wanted = new Set(caseIds);
  const filter = filterOf<T>(ids ? { _id: { $in: [...ids] } } : { [path]: { $in: [...caseIds] } });
  await compareAndSet('records and the facts of their cases', async () => {
    const found = await collection.find<T>(filter, { projection: { ...projection, rev: 1 } }).toArray();
    const changes = found.flatMap((record) => changed(copies, record, wanted, change) ?? []);
    if (changes.length === 0) return true;
    const { matchedCount } = await collection.bulkWrite(writesOf<T>(changes), { ordered: false });
    return matchedCount === changes.length;
  });
}

function changed<T extends Registered>(
  copies: CaseCopies<T>,
  record: T,
  wanted: ReadonlySet<string>,
  change: (known: CaseFacts | undefined, caseId: string) => CaseFacts,
): RecordChange | undefined {
  const known = new Map(copies.factsOf(record).map((caseFacts) => [caseFacts.caseId, caseFacts]));
  const facts = copies
    .casesOf(record)
    .flatMap((caseId) =>
      wanted.has(caseId) ? change(known.get(caseId), caseId) : (known.get(caseId) ?? []),
    );
  const same = facts.length === known.size && facts.every((fact) => known.get(fact.caseId) === fact);
  if (same) return undefined;
  const $set = { ...copies.withFacts(facts), rev: record.rev + 1 };
  return { updateOne: { filter: versionOf(record), update: { $set } } };
}
