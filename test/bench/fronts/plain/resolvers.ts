import { accessOf, kleOf, ownerOf, SENSITIVITIES, systemOf, unitOf, type Names, type Row } from '../names.js';
import { citizens } from './citizens.js';
import { went, type PlainContext, type PlainParts, type Reference } from './parts.js';
import type { PlainName } from './type-defs.js';

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
    CaseSection: { ...went, cases: page },
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
    DocumentSection: { ...went, documents: page },
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
    BenefitSection: { ...went, grants: page },
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
    AlertSection: { ...went, alerts: page },
    Alert: {
      ...common(parts.names),
      receivingUnit: (row: Row) => unitOf(accessOf(row).unit, parts.names),
      case: ownCase,
    },
  };
}

/** The resolvers of each subgraph, as the documentation of federation writes them. */
export const RESOLVERS = { citizens, cases, documents, benefits, alerts } as const;
