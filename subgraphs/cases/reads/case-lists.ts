import type { CaseFilter } from '../../../schema/generated/cases.js';
import { badInput } from '../../shared/errors/coded-error.js';
import { partiesOf } from '../../shared/guard/parties-of.js';
import type { PageArguments } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { normaliseCpr } from '../../shared/scalars/cpr.js';
import { type GuardedList, type GuardedPage, readPage } from '../../shared/sections/guarded-list.js';
import { isReadable } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { CaseSectionModel } from '../models.js';
import { caseNumberKey } from '../source/case-number.js';
import { CASE_ORDER, type CaseSource } from '../source/case-source.js';
import type { CaseRecord } from '../source/records.js';

const caseList = (source: CaseSource): GuardedList<'case-read', CaseRecord> => ({
  permission: 'case-read',
  order: CASE_ORDER,
  positionOf: (row) => [row.openedOn, row._id],
  shown: (rows) => ({
    objects: rows.map((row) => row._id),
    kle: rows.map((row) => row.access.kle),
    parties: partiesOf(rows),
  }),
  rows: (permit, narrow, limit) => source.list(permit, narrow, limit),
  count: (permit, narrow) => source.count(permit, narrow),
  first: (permit, narrow, limit) => source.first(permit, narrow, limit),
});

/** A page of a person's cases. */
export async function readCases(
  context: Context,
  section: CaseSectionModel,
  args: PageArguments & { readonly filter?: CaseFilter | null | undefined },
): Promise<GuardedPage<CaseRecord> | null> {
  if (!isReadable(section)) return null;
  const { citizenId } = section;
  const narrowed = narrowBy(args.filter ?? {});
  return readPage(context, caseList(context.source), {
    subject: { event: 'section-read', citizenId },
    narrow: { partyIds: citizenId, ...narrowed },
    few: true,
    page: args,
    scope: cursorScope(context, 'cases', citizenId, narrowed),
  });
}

const MAX_CODES = 50;

function narrowBy(filter: CaseFilter): StoreFilter {
  const { sourceSystems, klePrefix, open } = filter;
  if (sourceSystems && sourceSystems.length > MAX_CODES)
    throw badInput('filter.sourceSystems', `at most ${MAX_CODES} codes`);
  if (klePrefix != null && !/^\d{2}(\.\d{2}){0,2}$/.test(klePrefix))
    throw badInput('filter.klePrefix', 'the beginning of a KLE number: NN, NN.NN or NN.NN.NN');
  return {
    ...(sourceSystems && { 'access.source': { $in: [...sourceSystems] } }),
    ...(klePrefix != null && { 'access.kle': { $gte: klePrefix, $lt: `${klePrefix}\uffff` } }),
    ...(open != null && { state: open ? { $ne: 'CLOSED' } : 'CLOSED' }),
  };
}

const MAX_CASE_NUMBER = 50;

/** Cases with a case number, wherever in the country their parties live. */
export function searchCases(
  context: Context,
  caseNumber: string,
  page: PageArguments,
): Promise<GuardedPage<CaseRecord> | null> {
  const key = caseNumberKey(caseNumber);
  if (key === '' || caseNumber.length > MAX_CASE_NUMBER)
    throw badInput('caseNumber', `1 to ${MAX_CASE_NUMBER} characters`);
  if (normaliseCpr(caseNumber) !== undefined)
    throw badInput(
      'caseNumber',
      'a case number; persons are searched for by personal number with searchCitizens',
    );
  return readPage(context, caseList(context.source), {
    subject: { event: 'searched', criteria: [{ name: 'caseNumber', value: caseNumber.trim() }] },
    narrow: { caseNumberKey: key },
    page,
    scope: cursorScope(context, 'searchCases', key),
  });
}
