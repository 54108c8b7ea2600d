import { badInput } from '../../shared/errors/coded-error.js';
import { pageRequest, toPage, type PageArguments, type PageRequest } from '../../shared/paging/page.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { maskCpr, normaliseCpr } from '../../shared/scalars/cpr.js';
import { grantsOf } from '../../shared/policy/grants.js';
import type {
  CitizenHit,
  CitizenSearchInput,
  CitizenSearchResult,
  CountClass,
  SearchMatch,
} from '../../../schema/generated/citizens.js';
import type { Context } from '../context.js';
import type { CitizenRecord } from '../source/records.js';
import { beginsWith, searchTokens } from '../source/search-text.js';

/** Hits beyond which the search must be narrowed. */
export const MAX_HITS = 200;
const MAX_TEXT = 200;
const MIN_TOKEN = 2;

/** The criteria as the store is asked, and as they are logged. */
interface Criteria {
  readonly filter: StoreFilter;
  readonly logged: { readonly name: string; readonly value: string }[];
  readonly cpr: string | undefined;
  readonly nationwide: boolean;
}

/** Searches persons: select by criteria, load within reach, order in Danish, present a page. */
export async function searchCitizens(
  context: Context,
  input: CitizenSearchInput,
  args: PageArguments,
): Promise<CitizenSearchResult | null> {
  const criteria = parseCriteria(input, mayFindProtected(context));
  const scope = cursorScope(context, 'searchCitizens', criteria.logged, criteria.nationwide);
  const request = pageRequest(args, context.cursors, scope);
  const result = await context.guard.read(
    'citizen-search',
    { event: 'searched', criteria: criteria.logged },
    (permit) => context.source.search(permit, criteria.filter, criteria.nationwide, MAX_HITS + 1),
    (records) => ({ objects: [], citizenIds: shownIds(records, request) }),
  );
  if (!result.permitted) return null;
  const countClass = countClassOf(result.value.length);
  if (countClass === 'OVER_200') return { outcome: 'NARROW_SEARCH', countClass, hits: null };
  const rows = danishOrder(result.value).slice(...window(result.value, request));
  const hits = toPage(rows, request, context.cursors, scope, positionOf, (record) =>
    present(context, record, criteria),
  );
  return { outcome: 'HITS', countClass, hits };
}

function mayFindProtected(context: Context): boolean {
  return grantsOf(context.claims.caller.grants, ['address-protected-direct']).length > 0;
}

function parseCriteria(input: CitizenSearchInput, findsProtected: boolean): Criteria {
  const { cprNumber, name, address, birthDate } = input;
  const cpr = cprNumber == null ? undefined : requireCpr(cprNumber);
  const filters: StoreFilter[] = [
    ...(cpr === undefined ? [] : [{ cprKeys: cpr }]),
    ...(name == null
      ? []
      : tokensOf('criteria.name', name).map((token) => ({ nameTokens: beginsWith(token) }))),
    ...(address == null ? [] : addressFilters(address, findsProtected)),
    ...(birthDate == null ? [] : [{ birthDate }]),
  ];
  if (filters.length === 0) throw badInput('criteria', 'at least one of cprNumber, name, address, birthDate');
  const logged = Object.entries({ cprNumber: cpr, name, address, birthDate }).flatMap(([key, value]) =>
    value == null ? [] : [{ name: key, value }],
  );
  return { filter: { $and: filters }, logged, cpr, nationwide: input.nationwide === true };
}

function requireCpr(text: string): string {
  const cpr = normaliseCpr(text);
  if (cpr === undefined)
    throw badInput('criteria.cprNumber', 'ten digits, DDMMYY and four more, with or without hyphen');
  return cpr;
}

function tokensOf(field: string, text: string): string[] {
  const tokens = text.length <= MAX_TEXT ? searchTokens(text) : [];
  if (!tokens.some((token) => token.length >= MIN_TOKEN))
    throw badInput(
      field,
      `${MIN_TOKEN} to ${MAX_TEXT} characters with at least one word of ${MIN_TOKEN} letters or digits`,
    );
  return tokens;
}

/** Searching by address must never find a protected one, unless it would be shown directly anyway (T19). */
function addressFilters(address: string, findsProtected: boolean): StoreFilter[] {
  const tokens = tokensOf('criteria.address', address).map((token) => ({ addressTokens: beginsWith(token) }));
  return findsProtected ? tokens : [...tokens, { protectedAddress: false }];
}

function countClassOf(count: number): CountClass {
  if (count === 0) return 'NONE';
  if (count === 1) return 'ONE';
  if (count <= 20) return 'UP_TO_20';
  return count <= MAX_HITS ? 'UP_TO_200' : 'OVER_200';
}

const DANISH = new Intl.Collator('da');

function danishOrder(records: readonly CitizenRecord[]): CitizenRecord[] {
  return [...records].sort((a, b) => DANISH.compare(a.name, b.name) || (a._id < b._id ? -1 : 1));
}

const positionOf = (record: CitizenRecord): [string] => [record._id];

/** The hits are few enough to be ordered in memory; a page is a window of one row more than wanted. */
function window(records: readonly CitizenRecord[], { after, size }: PageRequest): [number, number] {
  const start =
    after === undefined ? 0 : danishOrder(records).findIndex((record) => record._id === after[0]) + 1;
  return [start, start + size + 1];
}

function shownIds(records: readonly CitizenRecord[], request: PageRequest): string[] {
  if (records.length > MAX_HITS) return [];
  const [start, end] = window(records, request);
  return danishOrder(records)
    .slice(start, end - 1)
    .map((record) => record._id);
}

function present(context: Context, record: CitizenRecord, criteria: Criteria): CitizenHit {
  const current = record.addresses.find((address) => address.to === null);
  const addressShown = !record.protectedAddress || mayFindProtected(context);
  return {
    id: record._id,
    name: record.name,
    birthDate: record.birthDate,
    maskedCprNumber: maskCpr(record.cpr),
    addressLine: addressShown ? (current?.line ?? null) : null,
    ownMunicipality: addressShown ? current?.municipalityCvr === context.claims.caller.cvr : null,
    matchedBy: matchedBy(record, criteria),
  };
}

const MATCH_OF: Readonly<Record<string, SearchMatch>> = {
  name: 'NAME',
  address: 'ADDRESS',
  birthDate: 'BIRTH_DATE',
};

function matchedBy(record: CitizenRecord, { cpr, logged }: Criteria): SearchMatch[] {
  return logged.map(({ name }) => {
    if (name === 'cprNumber') return record.cpr === cpr ? 'CPR_NUMBER' : 'FORMER_CPR_NUMBER';
    return MATCH_OF[name]!;
  });
}
