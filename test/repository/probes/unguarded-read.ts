import type { CaseSource } from '../../../subgraphs/cases/source/case-source.js';
import type { CitizenSource } from '../../../subgraphs/citizens/source/citizen-source.js';
import { Permit } from '../../../subgraphs/shared/guard/permit.js';

/** Reads that skip the guard. Each must fail to compile: the type check expects an error on every line so marked. */
export function unguardedReads(
  cases: CaseSource,
  citizens: CitizenSource,
  permit: Permit<'case-read'>,
): void {
  // @ts-expect-error a source cannot be read without a permit
  void cases.findByIds(['id']);
  // @ts-expect-error a look-alike is not a permit
  void cases.findByIds({ permission: 'case-read', access: permit.access }, ['id']);
  // @ts-expect-error a permit for one permission does not open another
  void citizens.findByIds(permit, ['id']);
  // @ts-expect-error only the guard issues permits
  new Permit('case-read', permit.access);
}
