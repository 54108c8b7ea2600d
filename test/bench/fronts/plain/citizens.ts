import { ownerOf, systemOf, type Row } from '../names.js';
import { went, type PlainContext, type PlainParts, type Reference } from './parts.js';

interface AddressRow {
  readonly line: string;
  readonly municipalityCvr: string;
  readonly from: string;
  readonly to: string | null;
}
interface HouseholdRow {
  readonly key: string;
  readonly from: string;
  readonly to: string | null;
}
interface RelationRow {
  readonly relation: string;
  readonly id: string | null;
}

const addressesOf = (row: Row) => row['addresses'] as readonly AddressRow[];
const currentOf = <T extends { readonly to: string | null }>(list: readonly T[]) =>
  list.find(({ to }) => to === null);
const brief = ({ _id, name, birthDate }: Row) => ({ citizenId: _id, name, birthDate });
const masked = (cpr: unknown) => `${String(cpr).slice(0, 6)}-****`;

/** @returns the relatives whom the register has delivered. */
async function relatives({ of }: PlainParts, row: Row) {
  const relations = row['relations'] as readonly RelationRow[];
  const ids = relations.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return [];
  const found = await of('citizens', 'citizens')
    .find({ _id: { $in: ids } })
    .toArray();
  return found.map((relative) => {
    const { relation } = relations.find(({ id }) => id === relative._id)!;
    return { relation, ...brief(relative) };
  });
}

/** @returns who lives at the person's address. */
async function members({ of }: PlainParts, row: Row) {
  const key = currentOf(row['households'] as readonly HouseholdRow[])?.key;
  if (key === undefined) return [];
  const found = await of('citizens', 'citizens')
    .find({ households: { $elemMatch: { key, to: null } } })
    .toArray();
  return found.filter(({ _id }) => _id !== row._id).map(brief);
}

/** The resolvers of the subgraph that knows persons. */
export function citizens(parts: PlainParts) {
  const { of, names, rights, log } = parts;
  const persons = of('citizens', 'citizens');
  const itself = (row: Row) => row;
  return {
    Query: {
      async citizen(_: unknown, { id }: Reference, { user }: PlainContext): Promise<Row | null> {
        if (!rights.mayOpen(user)) return null;
        const row = await persons.findOne({ _id: id });
        await log(user, id, 'citizens');
        return row;
      },
    },
    Citizen: {
      __resolveReference: ({ id }: Reference) => persons.findOne({ _id: id }),
      id: (row: Row) => row._id,
      maskedCprNumber: (row: Row) => masked(row['cpr']),
      maskedFormerCprNumbers: (row: Row) => (row['formerCprs'] as string[]).map(masked),
      registerAsOf: (row: Row) => row['registeredAt'],
      sourceSystem: (row: Row) => systemOf(String(row['source']), names),
      municipality: (row: Row) => ownerOf(currentOf(addressesOf(row))?.municipalityCvr ?? '', names),
      address: itself,
      family: itself,
      household: itself,
      remarks: itself,
    },
    AddressSection: {
      ...went,
      current: (row: Row) => currentOf(addressesOf(row)),
      history: (row: Row) => addressesOf(row).filter(({ to }) => to !== null),
    },
    Address: {
      municipality: (address: AddressRow) => ownerOf(address.municipalityCvr, names),
      validFrom: (address: AddressRow) => address.from,
      validTo: (address: AddressRow) => address.to,
    },
    FamilySection: { ...went, relatives: (row: Row) => relatives(parts, row) },
    HouseholdSection: { ...went, members: (row: Row) => members(parts, row) },
    RemarkSection: {
      ...went,
      remarks: (row: Row, _: unknown, { user }: PlainContext) =>
        of('citizens', 'remarks').find({ citizenId: row._id, cvr: user.cvr }).toArray(),
    },
    Remark: {
      id: (row: Row) => row._id,
      sourceSystem: (row: Row) => systemOf(String(row['source']), names),
    },
  };
}
