import type { KleBranch, OrganisationUnit } from '../../../schema/generated/access.js';
import { codedError } from '../../shared/errors/coded-error.js';
import type { Context } from '../context.js';

const BRANCH = /^\d\d(\.\d\d)?$/;

/**
 * Main groups of the classification, or what lies one level under a group, for choosing constraints (domain.md §7.3).
 * @param under `NN` or `NN.NN`; null for the main groups
 */
export async function readKleBranches(context: Context, under: string | null): Promise<KleBranch[] | null> {
  if (under !== null && !BRANCH.test(under))
    throw codedError('BAD_INPUT', { field: 'under', rule: 'a main group NN or a group NN.NN' });
  const result = await context.guard.read(
    'access-view',
    { event: 'access-viewed', criteria: [{ name: 'kind', value: 'classification' }] },
    (permit) => context.choices.kleUnder(permit, under),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}

/** The units of the caller's own authority, by name. */
export async function readUnits(context: Context): Promise<OrganisationUnit[] | null> {
  const result = await context.guard.read(
    'access-view',
    { event: 'access-viewed', criteria: [{ name: 'kind', value: 'organisation' }] },
    (permit) => context.choices.units(permit),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}
