import { accessOf, kleOf, ownerOf, SENSITIVITIES, systemOf, unitOf, type Names, type Row } from './names.js';

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
  const access = accessOf(row);
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
  const { source, sensitivity, ownerCvr } = accessOf(row);
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
