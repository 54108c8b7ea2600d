import type { Collection } from 'mongodb';
import type { Row } from './fan-out-present.js';

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
export async function loadRights(of: (part: string, name: string) => Collection<Row>) {
  const governed = await of('access', 'governed').find({ kind: 'agreement', cvr: CVR }).toArray();
  const agreements = new Map(
    governed.map(({ versions }) => {
      const { content } = (versions as { content: Agreement }[]).at(-1)!;
      return [content.source, content];
    }),
  );
  return {
    mayRead(kind: string, { access, benefits }: Row): boolean {
      const facts = access as { source: string; kle: string | null; sensitivity: number; ownerCvr: string };
      const agreement = agreements.get(facts.source);
      if (!agreement?.kinds.includes(kind) || facts.sensitivity > agreement.sensitivity) return false;
      const areas = facts.kle === null ? (benefits as { kle: string }[]).map(({ kle }) => kle) : [facts.kle];
      return (
        facts.ownerCvr === CVR && areas.some((kle) => agreement.kle.some((pattern) => covers(pattern, kle)))
      );
    },
  };
}

function covers(pattern: string, kle: string): boolean {
  return pattern.endsWith('*') ? kle.startsWith(pattern.slice(0, -1)) : kle === pattern;
}
