import type {
  CitizenHit,
  CitizenSearchInput,
  CitizenSearchResult,
  CountClass,
} from '../../../schema/generated/citizens.js';
import { badInput } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { type PageArguments, type PageRequest, pageRequest, toPage } from '../../shared/paging/page.js';
import { grantsOf } from '../../shared/policy/grants.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { maskCpr } from '../../shared/scalars/cpr.js';
import type { Context } from '../context.js';
import type { CitizenRecord } from '../source/records.js';
import { currentAddress } from './address.js';
import { type Criterion, type Found, together } from './search/criterion.js';
import { birthCriterion, cprCriterion } from './search/number-criteria.js';
import {
  addressCriterion,
  type AddressRights,
  nameCriterion,
  nameOrStreetCriterion,
} from './search/text-criteria.js';

/** Hits beyond which the search must be narrowed. */
const MAX_HITS = 200;

const REFUSED: CitizenSearchResult = { outcome: 'NOT_PERMITTED', countClass: 'NONE', hits: null };

/** A person with how each criterion found the person. */
interface Hit {
  readonly record: CitizenRecord;
  readonly found: readonly Found[];
}

/** Searches persons: select by criteria, load within reach, put in order, present a page. */
export async function searchCitizens(
  context: Context,
  input: CitizenSearchInput,
  args: PageArguments,
): Promise<CitizenSearchResult | null> {
  const nationwide = input.nationwide === true;
  const criteria = criteriaOf(context, input);
  const logged = [
    ...criteria.flatMap((criterion) => criterion.logged),
    ...(nationwide ? [{ name: 'nationwide', value: 'true' }] : []),
  ];
  const subject = { event: 'searched', criteria: logged } as const;
  const mayBegin = !nationwide || !context.guard.holds('citizen-search');
  if (!mayBegin && !(await context.guard.mayEnter('citizen-search-national', subject))) return REFUSED;
  const scope = cursorScope(context, 'searchCitizens', logged);
  const request = pageRequest(args, context.cursors, scope);
  const result = await context.guard.read(
    'citizen-search',
    subject,
    async (permit) => inOrder(await find(context, permit, criteria, nationwide), criteria),
    (hits) => ({ objects: [], citizenIds: shown(hits, request).map(({ record }) => record._id) }),
  );
  if (!result.permitted) return null;
  const countClass = countClassOf(result.value.length);
  if (countClass === 'OVER_200') return { outcome: 'NARROW_SEARCH', countClass, hits: null };
  const rows = result.value.slice(...window(result.value, request));
  const hits = toPage(rows, request, {
    cursors: context.cursors,
    scope,
    positionOf,
    present: (hit: (typeof rows)[number]) => present(context, hit),
  });
  return { outcome: 'HITS', countClass, hits };
}

function criteriaOf(context: Context, input: CitizenSearchInput): Criterion[] {
  const { cprNumber, name, nameOrStreet, address, birthDate } = input;
  const rights: AddressRights = {
    findsProtected: mayFindProtected(context),
    today: context.today,
  };
  const criteria = [
    ...(cprNumber == null ? [] : [cprCriterion(cprNumber, context.today)]),
    ...(name == null ? [] : [nameCriterion(name)]),
    ...(nameOrStreet == null ? [] : [nameOrStreetCriterion(nameOrStreet, rights)]),
    ...(address == null ? [] : [addressCriterion(address, rights)]),
    ...(birthDate == null ? [] : [birthCriterion([birthDate])]),
  ];
  if (criteria.length > 0) return criteria;
  throw badInput('criteria', 'at least one of cprNumber, name, nameOrStreet, address, birthDate');
}

function mayFindProtected(context: Context): boolean {
  return grantsOf(context.claims.caller.grants, ['address-protected-direct']).length > 0;
}

/** Where too many live at numbers that begin with the one asked for, those at that very number are found alone. */
async function find(
  { source }: Context,
  permit: Permit<'citizen-search'>,
  criteria: readonly Criterion[],
  nationwide: boolean,
): Promise<CitizenRecord[]> {
  const search = (alternativesOf: (criterion: Criterion) => Criterion['alternatives']) =>
    source.search(permit, together(criteria.map(alternativesOf)), nationwide, MAX_HITS);
  const all = await search(({ alternatives }) => alternatives);
  if (all.length <= MAX_HITS || criteria.every(({ exact }) => exact === undefined)) return all;
  const exactly = await search(({ exact, alternatives }) => (exact ? [exact] : alternatives));
  return exactly.length === 0 ? all : exactly;
}

const DANISH = new Intl.Collator('da');

function inOrder(records: readonly CitizenRecord[], criteria: readonly Criterion[]): Hit[] {
  const hits = records.flatMap((record): Hit[] => {
    const found = criteria.flatMap((criterion) => criterion.found(record) ?? []);
    return found.length === criteria.length ? [{ record, found }] : [];
  });
  const rank = ({ found }: Hit) => found.reduce((sum, match) => sum + match.rank, 0);
  return hits.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      DANISH.compare(a.record.name, b.record.name) ||
      (a.record._id < b.record._id ? -1 : 1),
  );
}

function countClassOf(count: number): CountClass {
  if (count === 0) return 'NONE';
  if (count === 1) return 'ONE';
  if (count <= 20) return 'UP_TO_20';
  return count <= MAX_HITS ? 'UP_TO_200' : 'OVER_200';
}

const positionOf = ({ record }: Hit): [string] => [record._id];

/** The hits are few enough to be ordered in memory; a page is a window of one row more than wanted. */
function window(hits: readonly Hit[], { after, size }: PageRequest): [number, number] {
  const start = after === undefined ? 0 : hits.findIndex(({ record }) => record._id === after[0]) + 1;
  return [start, start + size + 1];
}

function shown(hits: readonly Hit[], request: PageRequest): Hit[] {
  if (hits.length > MAX_HITS) return [];
  const [start, end] = window(hits, request);
  return hits.slice(start, end - 1);
}

function present(context: Context, { record, found }: Hit): CitizenHit {
  const current = currentAddress(context, { record, addressShown: true });
  const addressShown = !record.protectedAddress || mayFindProtected(context);
  return {
    id: record._id,
    name: record.name,
    birthDate: record.birthDate,
    maskedCprNumber: maskCpr(record.cpr),
    addressLine: addressShown ? (current?.line ?? null) : null,
    ownMunicipality: addressShown ? current?.municipalityCvr === context.claims.caller.cvr : null,
    matchedBy: found.map(({ by }) => by),
    formerAddressLine: addressShown ? (found.find(({ formerLine }) => formerLine)?.formerLine ?? null) : null,
  };
}
