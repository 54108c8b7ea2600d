import { areasOf, coveredBy, loadRights } from '../fan-out-rights.js';
import { accessOf, type Collections, type Row } from '../names.js';

/** Who asks, as the gateway passes it on. */
export interface User {
  readonly subject: string;
  /** The authority's number. */
  readonly cvr: string;
  readonly roles: readonly string[];
}

interface Grant {
  readonly role: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: number;
}

const ROLE_OF: Readonly<Record<string, string>> = {
  cases: 'case-read',
  documents: 'document-read',
  benefits: 'benefit-read',
  alerts: 'alert-read',
};

export interface PlainRights {
  /** @returns whether a user may open persons. */
  mayOpen(user: User): boolean;
  /** @returns which of the rows a user may read: a grant of the user's roles and the source's agreement must cover each. */
  readable(user: User, kind: string, rows: readonly Row[]): Row[];
}

/** Reads what each job-function role gives, and the agreements, once. */
export async function loadPlainRights(of: Collections): Promise<PlainRights> {
  const agreements = await loadRights(of);
  const mappings = await of('access', 'governed').find({ kind: 'mapping' }).toArray();
  const grantsOf = new Map(
    mappings.map(({ key, versions }) => {
      const { content } = (versions as { content: { grants: Grant[] } }[]).at(-1)!;
      return [key as string, content.grants];
    }),
  );
  const granted = ({ roles }: User, wanted: string | undefined): Grant[] =>
    roles.flatMap((name) => grantsOf.get(name) ?? []).filter(({ role }) => role === wanted);
  return {
    mayOpen: (user) => granted(user, 'citizen-read').length > 0,
    readable(user, kind, rows) {
      const grants = granted(user, ROLE_OF[kind]);
      return rows.filter((row) => agreements.mayRead(kind, row) && grants.some((grant) => opens(grant, row)));
    },
  };
}

function opens({ kle = ['*'], sensitivity = Infinity }: Grant, row: Row): boolean {
  return accessOf(row).sensitivity <= sensitivity && areasOf(row).some((area) => coveredBy(kle, area));
}
