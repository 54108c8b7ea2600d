import { accessOf, type Collections, type Row } from './names.js';

const CVR = '12345678';

interface Agreement {
  readonly source: string;
  readonly kinds: readonly string[];
  readonly kle: readonly string[];
  readonly sensitivity: number;
}

/**
 * Reads the authority's agreements once.
 * @returns whether a caseworker with every role may read a record: what the agreement with its source covers
 */
export async function loadRights(of: Collections) {
  const governed = await of('access', 'governed').find({ kind: 'agreement', cvr: CVR }).toArray();
  const agreements = new Map(
    governed.map(({ versions }) => {
      const { content } = (versions as { content: Agreement }[]).at(-1)!;
      return [content.source, content];
    }),
  );
  return {
    mayRead(kind: string, row: Row): boolean {
      const facts = accessOf(row);
      const agreement = agreements.get(facts.source);
      if (!agreement?.kinds.includes(kind) || facts.sensitivity > agreement.sensitivity) return false;
      return facts.ownerCvr === CVR && areasOf(row).some((kle) => coveredBy(agreement.kle, kle));
    },
  };
}

/** @returns the areas of a record: a grant has those of its benefits. */
export function areasOf(row: Row): readonly string[] {
  const { kle } = accessOf(row);
  return kle === null ? (row['benefits'] as { kle: string }[]).map((benefit) => benefit.kle) : [kle];
}

export function coveredBy(patterns: readonly string[], kle: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? kle.startsWith(pattern.slice(0, -1)) : kle === pattern,
  );
}
