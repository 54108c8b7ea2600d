import type { CompanySearchInput } from '../../../schema/generated/citizens.js';
import { badInput } from '../../shared/errors/coded-error.js';
import type { RequestContext } from '../../shared/runtime/request-context.js';
import { checkNoPersonalNumber } from '../../shared/scalars/check-text.js';
import { isCvr } from '../../shared/scalars/cvr.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import { loadByKeys } from '../../shared/sections/guarded-batch.js';
import type { Context } from '../context.js';
import type { CompanySource } from '../source/company-source.js';
import type { CompanyRecord } from '../source/records.js';
import { beginsWith, readName } from '../source/search-text.js';

const MAX_TEXT = 200;
const DANISH = new Intl.Collator('da');

/** Opens one company. */
export function openCompany(context: Context, rawId: string): Promise<CompanyRecord | null> {
  const id = requireUuid('id', rawId);
  return context.guard.readOne(
    'citizen-read',
    { event: 'opened', citizenId: id, asked: [id] },
    async (permit) => (await context.companies.findByIds(permit, [id]))[0] ?? null,
    () => ({ objects: [id] }),
  );
}

/** Companies other subgraphs refer to, in one batch. */
export function loadCompanies(
  context: RequestContext,
  source: CompanySource,
  ids: readonly string[],
): Promise<(CompanyRecord | null)[]> {
  return loadByKeys(context, 'citizen-read', ids, (permit, all) => source.findByIds(permit, all));
}

/** Finds companies by CVR number and name. */
export async function searchCompanies(
  context: Context,
  { cvrNumber, name }: CompanySearchInput,
): Promise<CompanyRecord[] | null> {
  if (cvrNumber == null && name == null) throw badInput('criteria', 'at least one of cvrNumber, name');
  if (cvrNumber != null && !isCvr(cvrNumber))
    throw badInput('criteria.cvrNumber', 'eight digits with a right check digit');
  const byNumber = cvrNumber == null ? [] : [{ cvr: cvrNumber }];
  const readings = name == null ? [[]] : readingsOf(name);
  const alternatives = readings.map((words) => ({
    $and: [...byNumber, ...words.map((word) => ({ nameTokens: beginsWith(word) }))],
  }));
  const logged = Object.entries({ cvrNumber, name }).flatMap(([key, value]) =>
    value == null ? [] : [{ name: key, value }],
  );
  const result = await context.guard.read(
    'citizen-search',
    { event: 'searched', criteria: logged },
    (permit) => context.companies.search(permit, alternatives),
    (found) => ({ objects: found.map(({ _id }) => _id) }),
  );
  return result.permitted ? result.value.sort((a, b) => DANISH.compare(a.name, b.name)) : null;
}

function readingsOf(name: string): string[][] {
  checkNoPersonalNumber('criteria.name', name);
  const readings = name.length <= MAX_TEXT ? readName(name) : [];
  const enough = readings.filter((words) => words.some((word) => word.length >= 2));
  if (enough.length > 0) return enough;
  throw badInput(
    'criteria.name',
    `2 to ${MAX_TEXT} characters with at least one word of 2 letters or digits`,
  );
}
