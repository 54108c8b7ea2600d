import type { Colleague, KleBranch, OrganisationUnit } from '../../../schema/generated/access.js';
import { codedError } from '../../shared/errors/coded-error.js';
import type { Context } from '../context.js';

const MOST_NAMED = 100;
const BRANCH = /^\d\d(\.\d\d)?$/;

/**
 * Main groups of the classification, or what lies one level under a group, for choosing constraints (docs/field.md, KLE).
 * @param under `NN` or `NN.NN`; null for the main groups
 */
export async function readKleBranches(context: Context, under: string | null): Promise<KleBranch[] | null> {
  if (under !== null && !BRANCH.test(under))
    throw codedError('BAD_INPUT', { field: 'under', rule: 'a main group NN or a group NN.NN' });
  const result = await context.guard.read(
    'choices-view',
    { event: 'access-viewed', criteria: [{ name: 'kind', value: 'classification' }] },
    (permit) => context.choices.kleUnder(permit, under),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}

/** The units of the caller's own authority, by name. */
export async function readUnits(context: Context): Promise<OrganisationUnit[] | null> {
  const result = await context.guard.read(
    'choices-view',
    { event: 'access-viewed', criteria: [{ name: 'kind', value: 'organisation' }] },
    (permit) => context.choices.units(permit),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}

/**
 * Users of the caller's own authority, those of the caller's unit first, then by name.
 * @param ids only these users, at most 100; null for any
 */
export async function readColleagues(
  context: Context,
  ids: readonly string[] | null,
): Promise<Colleague[] | null> {
  if (ids !== null && ids.length > MOST_NAMED)
    throw codedError('BAD_INPUT', { field: 'ids', rule: `at most ${MOST_NAMED} values in all` });
  const result = await context.guard.read(
    'choices-view',
    { event: 'access-viewed', criteria: [{ name: 'kind', value: 'organisation' }] },
    (permit) => context.choices.users(permit, ids),
    () => ({ objects: [] }),
  );
  if (!result.permitted) return null;
  const { unit: own } = context.claims.caller;
  const rank = ({ unit }: { readonly unit: string | null }) => (unit !== null && unit === own ? 0 : 1);
  const users = [...result.value].sort(
    (a, b) => rank(a) - rank(b) || calledOf(a).localeCompare(calledOf(b), 'da'),
  );
  return Promise.all(
    users.map(async ({ subject, name, unit }) => ({
      id: subject,
      name: name ?? null,
      unit: await context.references.unit(unit),
    })),
  );
}

/** @returns what a user is listed by: the name and, where two bear one, the id. */
function calledOf({ name, subject }: { readonly name?: string | null; readonly subject: string }): string {
  return `${name ?? ''} ${subject}`;
}
