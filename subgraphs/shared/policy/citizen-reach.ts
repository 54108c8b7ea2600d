import type { AccessFacts, Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf } from './grants.js';
import type { SystemRole } from './permissions.js';
import { compileRecordAccess, type RecordAccess } from './record-access.js';
import type { StoreFilter } from './store-filter.js';

export type TieKind = 'case' | 'document' | 'alert' | 'grant';

/** Access facts of a record a person is party to; the person keeps the distinct ones. */
export interface Tie extends AccessFacts {
  readonly kind: TieKind;
}

/** A municipality that a person has an address in. */
export interface Home {
  readonly cvr: string;
  /** First day of it, `yyyy-mm-dd`; until then the person does not live there. */
  readonly from: string;
}

/** A person as reach sees it. */
export interface CitizenFacts {
  readonly _id: string;
  readonly homes: readonly Home[];
  readonly ties: readonly Tie[];
}

export interface CitizenReach {
  readonly matches: (citizen: CitizenFacts) => boolean;
  readonly filter: () => StoreFilter;
}

/**
 * Who is within reach: a person who lives or lived in the caller's municipality (not who is to move there), or is party to a record the caller may
 * see or know the existence of; anyone else only with the national right. Other authorities' benefits open no one:
 * Udbetaling Danmark pays nearly everybody (ADR 005). A jump opens the one person it is about, where persons are opened
 * (role citizen-read); it makes nobody findable.
 * @param role the role whose authorities count as the caller's own
 * @param nationwide whether the caller's national right may be used here
 */
export function compileCitizenReach(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
  role: Extract<SystemRole, 'citizen-search' | 'citizen-read'>,
  nationwide: boolean,
): CitizenReach {
  const own = [...new Set(grantsOf(grants, [role]).map((grant) => grant.cvr))];
  if (own.length === 0) return { matches: () => false, filter: () => ({ _id: { $in: [] } }) };
  const isBarred = (id: string) => requester.barred.includes(id);
  const notBarred: StoreFilter = requester.barred.length > 0 ? { _id: { $nin: [...requester.barred] } } : {};
  if (nationwide && grantsOf(grants, ['citizen-search-national']).length > 0)
    return { matches: ({ _id }) => !isBarred(_id), filter: () => notBarred };
  const ways = tieAccess(grants, agreements, requester);
  const jumps = role === 'citizen-read' ? (requester.jumps ?? []) : [];
  return {
    matches: (citizen) =>
      !isBarred(citizen._id) &&
      (jumps.includes(citizen._id) ||
        citizen.homes.some(({ cvr, from }) => own.includes(cvr) && from <= requester.today) ||
        citizen.ties.some((tie) => ways.some((way) => way.kind === tie.kind && way.access.matches(tie)))),
    filter: () => ({
      ...notBarred,
      $or: [
        ...(jumps.length > 0 ? [{ _id: { $in: [...jumps] } }] : []),
        { homes: { $elemMatch: { cvr: { $in: own }, from: { $lte: requester.today } } } },
        ...ways.map((way) => ({
          ties: { $elemMatch: { $and: [{ kind: way.kind }, way.access.filter('')] } },
        })),
      ],
    }),
  };
}

function tieAccess(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): { kind: TieKind; access: RecordAccess }[] {
  const own = agreements.filter((agreement) => !agreement.crossAuthority);
  const access = (
    roles: SystemRole[],
    kind: 'cases' | 'documents' | 'alerts' | 'benefits',
    among = agreements,
  ) => compileRecordAccess(grantsOf(grants, roles), among, kind, requester);
  const ways: { kind: TieKind; access: RecordAccess }[] = [
    { kind: 'case', access: access(['case-read', 'case-exists'], 'cases') },
    { kind: 'document', access: access(['document-read'], 'documents') },
    { kind: 'alert', access: access(['alert-read'], 'alerts') },
    { kind: 'grant', access: access(['benefit-read'], 'benefits', own) },
  ];
  return ways.filter((way) => !way.access.opensNothing);
}
