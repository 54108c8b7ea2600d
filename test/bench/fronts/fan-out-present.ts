import type { Collection } from 'mongodb';

/** A record as the store holds it. */
export interface Row {
  readonly _id: string;
  readonly [field: string]: unknown;
}

export type Names = ReadonlyMap<string, Row>;

interface Access {
  readonly source: string;
  readonly kle: string;
  readonly sensitivity: number;
  readonly ownerCvr: string;
  readonly unit: string | null;
}

const SENSITIVITIES = ['', 'ORDINARY', 'CONFIDENTIAL', 'SENSITIVE', 'SPECIALLY_PROTECTED'];

/** Names of areas, authorities, units and source systems, read once. */
export async function loadNames(of: (part: string, name: string) => Collection<Row>): Promise<Names> {
  const reference = await of('cases', 'reference').find({}).toArray();
  const systems = await of('access', 'systems').find({}).toArray();
  return new Map([
    ...reference.map((row) => [row._id, row] as const),
    ...systems.map((row) => [`system:${String(row['code'])}`, row] as const),
  ]);
}

const kleOf = (number: string, names: Names) => ({ number, title: names.get(`kle:${number}`)?.['title'] });
const systemOf = (code: string, names: Names) => ({ code, name: names.get(`system:${code}`)?.['name'] });
const ownerOf = (cvr: string, names: Names) => ({ cvr, name: names.get(`authority:${cvr}`)?.['name'] });

function unitOf(id: string | null, names: Names) {
  const unit = id === null ? undefined : names.get(`unit:${id}`);
  return unit ? { id, name: unit['name'], contact: unit['contact'] } : null;
}

/** @returns a person's own fields and current address. */
export function presentCitizen(row: Row, names: Names) {
  const [current] = row['addresses'] as { line: string; municipalityCvr: string; from: string }[];
  const { name, birthDate, sex, civilStatus, status } = row;
  const municipality = current && ownerOf(current.municipalityCvr, names);
  const address = current && { line: current.line, municipality, validFrom: current.from, validTo: null };
  const maskedCprNumber = `${String(row['cpr']).slice(0, 6)}-****`;
  const own = { id: row._id, name, maskedCprNumber, birthDate, sex, civilStatus, status, municipality };
  return { ...own, address: { current: address } };
}

/** @returns a case, a document or an alert as the overview shows it. */
export function presentRecord(kind: string, row: Row, names: Names) {
  const access = row['access'] as Access;
  const common = {
    ...row,
    id: row._id,
    kle: kleOf(access.kle, names),
    sensitivity: SENSITIVITIES[access.sensitivity],
    sourceSystem: systemOf(access.source, names),
  };
  if (kind === 'documents') return { ...common, cases: (row['caseIds'] as string[]).map((id) => ({ id })) };
  if (kind === 'alerts') return { ...common, case: { id: row['caseId'] } };
  return { ...common, owner: ownerOf(access.ownerCvr, names), responsibleUnit: unitOf(access.unit, names) };
}

/** @returns a grant with its benefits and payments. */
export function presentBenefits(row: Row, payments: readonly Row[], names: Names) {
  const { source, sensitivity, ownerCvr } = row['access'] as Access;
  const named = (withKle: { kle: string }) => ({ ...withKle, kle: kleOf(withKle.kle, names) });
  return {
    ...row,
    id: row._id,
    sensitivity: SENSITIVITIES[sensitivity],
    owner: ownerOf(ownerCvr, names),
    benefits: (row['benefits'] as { kle: string }[]).map(named),
    payments: payments
      .filter(({ grantId }) => grantId === row._id)
      .map((payment) => ({
        ...payment,
        id: payment._id,
        lines: (payment['lines'] as { kle: string }[]).map(named),
      })),
    case: { id: row['caseId'] },
    sourceSystem: systemOf(source, names),
  };
}
