import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OTHER } from '../../../kit/access.js';
import { citizensKit, livesAt, personRecord, type CitizensKit } from '../../../kit/citizens-subgraph.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

let store: TestStore;
let kit: CitizensKit;

const CROWD = 230;
const PERSONS = [
  personRecord(1, { name: 'Guðrun Þórdal', addresses: [livesAt('Prøvebakken 12B, st. th., 9996 Korsbæk')] }),
  personRecord(2, { name: 'Łukasz Weiß', addresses: [livesAt('Gl. Kongevej 2, 9996 Korsbæk')] }),
  personRecord(3, { name: 'Işıl Đorđević', addresses: [livesAt('Q.P. Vej 27, 9996 Korsbæk')] }),
  personRecord(4, { name: "Sinéad O'Brien", addresses: [livesAt('Q.P. Vej 2, 9996 Korsbæk')] }),
  personRecord(5, {
    name: 'Anne-Marie Holm',
    addresses: [
      livesAt('Algade 7, 9996 Korsbæk'),
      livesAt('Q.P. Vej 2, 9996 Korsbæk', '2001-01-01', '2020-01-01'),
    ],
  }),
  personRecord(6, {
    name: 'Bodil Beskyttet',
    protectedAddress: true,
    addresses: [livesAt('Q.P. Vej 2, 9996 Korsbæk')],
  }),
  personRecord(7, {
    name: 'Fremmed Fjernby',
    addresses: [{ ...livesAt('Q.P. Vej 2, 4000 Mosekær'), municipalityCvr: OTHER }],
  }),
  personRecord(8, {
    name: 'Algade Jensen',
    birthDate: '1915-05-31',
    cpr: '3105151008',
    addresses: [livesAt('Torvet 1, 9996 Korsbæk')],
  }),
  personRecord(9, {
    name: 'Karl Algadesen',
    birthDate: '2015-05-31',
    cpr: '3105154009',
    addresses: [
      livesAt('Møllevej 7, 9996 Korsbæk'),
      livesAt('Algade 9, 9996 Korsbæk', '2015-05-31', '2020-01-01'),
    ],
  }),
  ...Array.from({ length: CROWD }, (_, i) =>
    personRecord(100 + i, {
      name: `Mange Nummer${i}`,
      addresses: [livesAt(`Langgade ${i + 1}, 9996 Korsbæk`)],
    }),
  ),
  personRecord(900, { name: 'Ene Langgade', addresses: [livesAt('Langgade 1, 1. tv, 9996 Korsbæk')] }),
];

beforeAll(async () => {
  store = await startTestStore();
  kit = await citizensKit(store.client.db('citizens'));
  await kit.take(PERSONS);
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => {
  kit.log.length = 0;
});

const SEARCH = `query Search($criteria: CitizenSearchInput!, $first: Int = 50) { searchCitizens(criteria: $criteria, first: $first) {
  outcome countClass hits { edges { node { name matchedBy addressLine formerAddressLine } } } } }`;

async function search(criteria: object, roles?: Parameters<CitizensKit['ask']>[2]) {
  const { data, errors } = await kit.ask(SEARCH, { criteria }, roles);
  expect(errors).toBeUndefined();
  const { outcome, countClass, hits } = data.searchCitizens;
  const nodes = (hits?.edges ?? []).map(({ node }: any) => node);
  return { outcome, countClass, nodes, names: nodes.map(({ name }: any) => name as string) };
}
async function refusal(criteria: object) {
  const { errors } = await kit.ask(SEARCH, { criteria });
  return errors?.[0]?.extensions;
}
const loggedCriteria = () => kit.log.flatMap(({ criteria }) => criteria);

describe('names', () => {
  test.each([
    ['gudrun thordal', 'Guðrun Þórdal'],
    ['Þórdal Guðrun', 'Guðrun Þórdal'],
    ['lukasz weiss', 'Łukasz Weiß'],
    ['isil dordevic', 'Işıl Đorđević'],
    ['Djordjevic', 'Işıl Đorđević'],
    ['obrien', "Sinéad O'Brien"],
    ['o brien', "Sinéad O'Brien"],
    ['O’Brien', "Sinéad O'Brien"],
    ['annemarie', 'Anne-Marie Holm'],
    ['anne marie', 'Anne-Marie Holm'],
    ['Anne\u00ad-\u200bMarie', 'Anne-Marie Holm'],
  ])('%s finds %s, as a name and as a name or street', async (name, found) => {
    expect((await search({ name })).names).toEqual([found]);
    expect((await search({ nameOrStreet: name })).nodes).toEqual([
      expect.objectContaining({ name: found, matchedBy: ['NAME'] }),
    ]);
  });
});

describe('addresses', () => {
  test.each(['Prøvebakken 12 B', 'prøvebakken 12b stth', 'Prøvebakken 12B, stuen til højre', 'proevebakken'])(
    '%s',
    async (address) => {
      expect((await search({ address })).names).toEqual(['Guðrun Þórdal']);
    },
  );
  test.each(['Gammel Kongevej 2', 'gl kongevej', 'Gamle Kongevej 2, 9996 Korsbæk'])('%s', async (address) => {
    expect((await search({ address })).names).toEqual(['Łukasz Weiß']);
  });
  test('the very address comes first, and a hit by a former one says so and which', async () => {
    const { nodes } = await search({ address: 'qp vej 2' });
    expect(nodes).toEqual([
      expect.objectContaining({ name: "Sinéad O'Brien", matchedBy: ['ADDRESS'], formerAddressLine: null }),
      expect.objectContaining({
        name: 'Anne-Marie Holm',
        matchedBy: ['FORMER_ADDRESS'],
        addressLine: 'Algade 7, 9996 Korsbæk',
        formerAddressLine: 'Q.P. Vej 2, 9996 Korsbæk',
      }),
      expect.objectContaining({ name: 'Işıl Đorđević', matchedBy: ['ADDRESS'] }),
    ]);
  });
  test('words of one address count together, not those of two', async () => {
    expect((await search({ address: 'Algade 7' })).names).toEqual(['Anne-Marie Holm']);
    expect((await search({ address: 'Møllevej 9' })).names).toEqual([]);
  });
  test('a street alone lists those in reach who live or lived there', async () => {
    const inStreet = ['Anne-Marie Holm', 'Işıl Đorđević', "Sinéad O'Brien"];
    for (const text of ['Q.P. Vej', 'qp vej', 'Q P Vej, Korsbæk'])
      expect((await search({ nameOrStreet: text })).names).toEqual(inStreet);
    expect((await search({ nameOrStreet: 'Algade' })).nodes).toEqual([
      expect.objectContaining({ name: 'Algade Jensen', matchedBy: ['NAME'] }),
      expect.objectContaining({ name: 'Karl Algadesen', matchedBy: ['NAME'] }),
      expect.objectContaining({ name: 'Anne-Marie Holm', matchedBy: ['ADDRESS'] }),
    ]);
  });
  test('a protected address is found by whoever may see it, and by no street', async () => {
    const roles = ['citizen-search', 'address-protected-direct'] as const;
    expect((await search({ nameOrStreet: 'Q.P. Vej' })).names).not.toContain('Bodil Beskyttet');
    expect((await search({ address: 'Q.P. Vej 2' })).names).not.toContain('Bodil Beskyttet');
    expect((await search({ nameOrStreet: 'Q.P. Vej' }, roles)).names).toContain('Bodil Beskyttet');
    expect((await search({ nameOrStreet: 'Bodil' })).nodes).toEqual([
      expect.objectContaining({ addressLine: null, formerAddressLine: null }),
    ]);
  });
  test('where too many live at numbers that begin alike, the very number is shown alone', async () => {
    expect(await search({ address: 'Langgade' })).toMatchObject({ outcome: 'NARROW_SEARCH' });
    expect(await search({ address: 'Langgade 1' })).toMatchObject({ outcome: 'HITS' });
    await kit.take(
      Array.from({ length: 120 }, (_, i) =>
        personRecord(500 + i, {
          name: `Flere Nummer${i}`,
          addresses: [livesAt(`Langgade 1${i}, 9996 Korsbæk`)],
        }),
      ),
    );
    const { outcome, names } = await search({ address: 'Langgade 1' });
    expect(outcome).toBe('HITS');
    expect(names).toEqual(['Ene Langgade', 'Mange Nummer0']);
  });
});

describe('who is to move to an address later', () => {
  const CREST = 'Bakketoppen 3, 9996 Korsbæk';
  beforeAll(() =>
    kit.take([
      ...Array.from({ length: 205 }, (_, i) =>
        personRecord(2000 + i, {
          name: `Anker Kommende${i}`,
          addresses: [
            livesAt('Torvet 2, 9996 Korsbæk', '2020-01-01', '2199-01-01'),
            livesAt(CREST, '2199-01-01'),
          ],
        }),
      ),
      ...Array.from({ length: 5 }, (_, i) =>
        personRecord(2900 + i, { name: `Beboer Nummer${i}`, addresses: [livesAt(CREST)] }),
      ),
    ]),
  );
  test.each([
    { address: 'Bakketoppen 3' },
    { address: 'Bakketoppen' },
    { nameOrStreet: 'Bakketoppen' },
    { nameOrStreet: 'Bakketoppen 3' },
  ])('hides nobody who lives there: %j', async (criteria) => {
    const { countClass, names } = await search(criteria);
    expect([countClass, names]).toEqual([
      'UP_TO_20',
      Array.from({ length: 5 }, (_, i) => `Beboer Nummer${i}`),
    ]);
  });
});

describe('personal numbers and days', () => {
  test.each(['050590–7001', 'CPR 050590.7001', '\u200b05 05 90 7001\u00a0', 'cpr-nr.: 0505907001'])(
    '%j is read as the page reads it',
    async (cprNumber) => {
      expect((await search({ cprNumber })).nodes).toEqual([
        expect.objectContaining({ name: 'Guðrun Þórdal', matchedBy: ['CPR_NUMBER'] }),
      ]);
      expect(loggedCriteria()).toEqual([{ name: 'cprNumber', value: '0505907001' }]);
    },
  );
  test.each(['310515', '31.05.15', '310515-****'])(
    '%s is a day of birth, in either century',
    async (cprNumber) => {
      expect((await search({ cprNumber })).nodes).toEqual([
        expect.objectContaining({ name: 'Algade Jensen', matchedBy: ['BIRTH_DATE'] }),
        expect.objectContaining({ name: 'Karl Algadesen', matchedBy: ['BIRTH_DATE'] }),
      ]);
      expect(loggedCriteria()).toEqual([
        { name: 'birthDate', value: '2015-05-31' },
        { name: 'birthDate', value: '1915-05-31' },
      ]);
    },
  );
  test('half a number narrows a name', async () => {
    expect((await search({ cprNumber: '050590', nameOrStreet: 'obrien' })).names).toEqual(["Sinéad O'Brien"]);
  });
  test.each(['name', 'nameOrStreet', 'address'])(
    'a personal number as %s is refused by name and logged nowhere',
    async (field) => {
      for (const text of ['050590-7001', 'CPR 050590–7001', 'Tornvig 050590 7001', '0505\u200b907001'])
        expect(await refusal({ [field]: text })).toMatchObject({
          code: 'BAD_INPUT',
          field: `criteria.${field}`,
          rule: expect.stringMatching(/cprNumber/),
        });
      expect(kit.log).toEqual([]);
    },
  );
  test('what is no personal number is refused with the rule and without the text', async () => {
    const extensions = await refusal({ cprNumber: '300290-7001' });
    expect(extensions).toMatchObject({ code: 'BAD_INPUT', field: 'criteria.cprNumber' });
    expect(JSON.stringify(extensions)).not.toMatch(/7001/);
  });
});

describe('a search beyond the right', () => {
  const name = 'Fjernby';
  test('says so, searches nothing and is recorded as refused', async () => {
    const found = await search({ name, nationwide: true });
    expect(found).toMatchObject({ outcome: 'NOT_PERMITTED', countClass: 'NONE', names: [] });
    expect(kit.log).toEqual([
      expect.objectContaining({
        event: 'searched',
        decision: 'REFUSE',
        permission: 'citizen-search-national',
        ruleCode: 'NO_ROLE',
        criteria: [
          { name: 'name', value: name },
          { name: 'nationwide', value: 'true' },
        ],
      }),
    ]);
    expect(await search({ name: 'Guðrun', nationwide: true })).toMatchObject({
      outcome: 'NOT_PERMITTED',
      names: [],
    });
  });
  test('is answered with the right, and the log tells how far it went', async () => {
    const roles = ['citizen-search', 'citizen-search-national'] as const;
    expect(await search({ name }, roles)).toMatchObject({ outcome: 'HITS', names: [] });
    expect(await search({ name, nationwide: true }, roles)).toMatchObject({
      outcome: 'HITS',
      names: ['Fremmed Fjernby'],
    });
    expect(loggedCriteria()).toContainEqual({ name: 'nationwide', value: 'true' });
  });
  test('gives nothing to whoever may not search at all', async () => {
    for (const roles of [['citizen-read'], ['citizen-read', 'citizen-search-national']] as const) {
      const { data } = await kit.ask(SEARCH, { criteria: { name, nationwide: true } }, roles);
      expect(data.searchCitizens).toBeNull();
    }
  });
});

test('companies are found by the same spellings, and no personal number is logged for one', async () => {
  const query = 'query($criteria: CompanySearchInput!) { searchCompanies(criteria: $criteria) { name } }';
  const { errors } = await kit.ask(query, { criteria: { name: '050590-7001' } });
  expect(errors[0].extensions).toMatchObject({ code: 'BAD_INPUT', field: 'criteria.name' });
  expect(kit.log).toEqual([]);
});
