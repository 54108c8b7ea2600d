import type DataLoader from 'dataloader';
import {
  accessOf,
  kleOf,
  ownerOf,
  SENSITIVITIES,
  systemOf,
  unitOf,
  type Collections,
  type Names,
  type Row,
} from '../names.js';
import type { PlainRights, User } from './rights.js';
import type { PlainName } from './type-defs.js';

/** What lives for one request of one subgraph. */
export interface PlainContext {
  readonly user: User;
  readonly payments: DataLoader<string, Row[]>;
}

/** What a subgraph is built from. */
export interface PlainParts {
  readonly of: Collections;
  readonly names: Names;
  readonly rights: PlainRights;
  /** Writes durably whom a user has looked up. */
  readonly log: (user: User, citizenId: string, part: PlainName) => Promise<void>;
}

interface Reference {
  readonly id: string;
}
interface Paging {
  readonly first: number;
}

const keepReference = ({ id }: Reference): Reference => ({ id });

function page(rows: readonly Row[], { first }: Paging) {
  const shown = rows.slice(0, first);
  const pageInfo = { hasNextPage: rows.length > first, endCursor: shown.at(-1)?._id ?? null };
  return { totalCount: rows.length, edges: shown.map((node) => ({ node })), pageInfo };
}

/** @returns a section: what a person has of a kind and the user may read, newest first, once that is in the log. */
function section(
  { of, rights, log }: PlainParts,
  part: PlainName,
  { collection, newest, more = {} }: { collection: string; newest: string; more?: Record<string, unknown> },
) {
  return async ({ id }: Reference, _: unknown, { user }: PlainContext): Promise<Row[]> => {
    const rows = await of(part, collection)
      .find({ partyIds: id, ...more })
      .sort({ [newest]: -1, _id: 1 })
      .toArray();
    const readable = rights.readable(user, part, rows);
    await log(user, id, part);
    return readable;
  };
}

/** Fields that every record has. */
const common = (names: Names) => ({
  id: (row: Row) => row._id,
  kle: (row: Row) => kleOf(accessOf(row).kle, names),
  sensitivity: (row: Row) => SENSITIVITIES[accessOf(row).sensitivity],
  sourceSystem: (row: Row) => systemOf(accessOf(row).source, names),
});
const ownCase = (row: Row) => (row['caseId'] === null ? null : { id: row['caseId'] });

interface AddressRow {
  readonly line: string;
  readonly municipalityCvr: string;
  readonly from: string;
}
const currentAddress = (row: Row): AddressRow | undefined => (row['addresses'] as AddressRow[])[0];

function citizens({ of, names, rights, log }: PlainParts) {
  return {
    Query: {
      async citizen(_: unknown, { id }: Reference, { user }: PlainContext): Promise<Row | null> {
        if (!rights.mayOpen(user)) return null;
        const row = await of('citizens', 'citizens').findOne({ _id: id });
        await log(user, id, 'citizens');
        return row;
      },
    },
    Citizen: {
      __resolveReference: ({ id }: Reference) => of('citizens', 'citizens').findOne({ _id: id }),
      id: (row: Row) => row._id,
      maskedCprNumber: (row: Row) => `${String(row['cpr']).slice(0, 6)}-****`,
      municipality: (row: Row) => ownerOf(currentAddress(row)?.municipalityCvr ?? '', names),
      address: (row: Row) => ({ current: currentAddress(row) }),
    },
    Address: {
      municipality: (address: AddressRow) => ownerOf(address.municipalityCvr, names),
      validFrom: (address: AddressRow) => address.from,
      validTo: () => null,
    },
  };
}

function cases(parts: PlainParts) {
  const { names } = parts;
  return {
    Citizen: {
      __resolveReference: keepReference,
      cases: section(parts, 'cases', {
        collection: 'cases',
        newest: 'openedOn',
        more: { isControl: false },
      }),
    },
    CaseSection: { cases: page },
    Case: {
      ...common(names),
      owner: (row: Row) => ownerOf(accessOf(row).ownerCvr, names),
      responsibleUnit: (row: Row) => unitOf(accessOf(row).unit, names),
    },
  };
}

function documents(parts: PlainParts) {
  return {
    Citizen: {
      __resolveReference: keepReference,
      documents: section(parts, 'documents', { collection: 'documents', newest: 'letterDate' }),
    },
    DocumentSection: { documents: page },
    Document: {
      ...common(parts.names),
      cases: (row: Row) => (row['caseIds'] as string[]).map((id) => ({ id })),
    },
  };
}

function benefits(parts: PlainParts) {
  const { names } = parts;
  const kle = (line: { kle: string | null }) => kleOf(line.kle, names);
  return {
    Citizen: {
      __resolveReference: keepReference,
      benefits: section(parts, 'benefits', { collection: 'grants', newest: 'startsOn' }),
    },
    BenefitSection: { grants: page },
    BenefitGrant: {
      id: (row: Row) => row._id,
      sensitivity: common(names).sensitivity,
      sourceSystem: common(names).sourceSystem,
      owner: (row: Row) => ownerOf(accessOf(row).ownerCvr, names),
      payments: (row: Row, _: unknown, { payments }: PlainContext) => payments.load(row._id),
      case: ownCase,
    },
    Benefit: { kle },
    Payment: { id: (row: Row) => row._id },
    PaymentLine: { kle },
  };
}

function alerts(parts: PlainParts) {
  return {
    Citizen: {
      __resolveReference: keepReference,
      alerts: section(parts, 'alerts', { collection: 'alerts', newest: 'receivedAt' }),
    },
    AlertSection: { alerts: page },
    Alert: {
      ...common(parts.names),
      receivingUnit: (row: Row) => unitOf(accessOf(row).unit, parts.names),
      case: ownCase,
    },
  };
}

/** The resolvers of each subgraph, as the documentation of federation writes them. */
export const RESOLVERS = { citizens, cases, documents, benefits, alerts } as const;
