import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CommandStartedEvent } from 'mongodb';
import { buildSubgraphs, ingestPorts } from '../../programs/wiring/subgraphs.js';
import type { StoreConnection } from '../../store/connection.js';
import { deliver } from '../../intake/in-step/deliver.js';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import { SUBGRAPH_NAMES } from '../../schema/subgraph-names.js';
import { CprNumbers } from '../../seed/cpr-numbers.js';
import { Random } from '../../seed/random.js';
import { sourceByCode, agreements } from '../../seed/source-systems.js';
import { checkRecords } from '../../seed/stories/tell.js';
import { StoryBuilder } from '../../seed/stories/builder.js';
import { mappings } from '../../seed/development/sign-ins.js';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import { mintIdentity } from '../../subgraphs/shared/identity/internal-identity.js';
import type { Grant } from '../../subgraphs/shared/policy/grants.js';
import type { Subgraph } from '../../subgraphs/shared/runtime/subgraph.js';
import { freshnessCollection } from '../../subgraphs/shared/sections/freshness.js';
import { freshnessCopy } from '../../subgraphs/shared/sections/freshness-copy.js';
import { startTestStore, type TestStore } from '../kit/store.js';
import { OWN, agreementsOf } from '../kit/access.js';

/** Real subgraphs over a real store, called without a gateway; the store's commands are counted. */
const TODAY = '2026-03-15';
let store: TestStore;
let connection: StoreConnection;
let subgraphs: Record<SubgraphName, Subgraph>;
let commands: string[] = [];
const audited: unknown[] = [];
let person: StoryBuilder;
const cvr = OWN;

const grants: Grant[] = [
  { role: 'citizen-read', cvr },
  { role: 'citizen-search', cvr },
  ...(['case-read', 'document-read', 'note-read'] as const).map((role) => ({
    role,
    cvr,
    kle: ['*'],
    sensitivity: 2 as const,
  })),
  { role: 'benefit-read', cvr, kle: ['*'], sensitivity: 2 },
  { role: 'alert-read', cvr, kle: ['*'] },
];
const caller = (change: Partial<Caller> = {}): Caller => ({
  subject: 'user',
  cvr,
  unit: null,
  personId: null,
  jumps: [],
  grants,
  agreements: agreementsOf(cvr),
  withoutAgreement: [],
  barred: [],
  lifted: [],
  lifts: [],
  watched: [],
  sectionsOff: [],
  remarkTypes: [],
  noteHeadings: [],
  noteReceivers: [],
  accessVersion: 1,
  ...change,
});

async function ask(
  name: SubgraphName,
  query: string,
  variables: Record<string, unknown> = {},
  as = caller(),
) {
  const body = { query, variables, operationName: null };
  const identity = mintIdentity(
    {
      kind: 'caller',
      audience: name,
      caller: as,
      purpose: null,
      lookupId: null,
      requestId: 'test',
      operationName: null,
      body,
    },
    new Date(),
  );
  commands = [];
  const result = await subgraphs[name].execute({ ...body, identity });
  return { data: result.data as any, errors: result.errors ?? [], commands: [...commands] };
}

beforeAll(async () => {
  store = await startTestStore();
  connection = await store.connect({ monitorCommands: true });
  subgraphs = await buildSubgraphs(connection, {
    audit: { append: (facts) => Promise.resolve(void audited.push(...facts)) },
    auditTrust: { keys: [], anchorFile: undefined },
    cursorKey: Buffer.alloc(32, 1),
    verifyIdentity: undefined,
    now: () => new Date(),
    onError: (error) => {
      throw error;
    },
  });
  const ports = ingestPorts(connection);
  await ports.access.configure([...mappings(), ...agreements()], new Date('2020-01-01T00:00:00Z'));
  const numbers = new CprNumbers();
  const world = {
    random: new Random('reads'),
    today: TODAY,
    issueCpr: (day: string, sex: 'FEMALE' | 'MALE') => numbers.issue(day, sex),
  };
  person = new StoryBuilder(world, 1, { given: 'Prøve', surname: 'Mange', sex: 'MALE', years: 50 });
  for (let i = 0; i < 60; i++) {
    const made = person.case(['KSD', 'KY', 'DUBU'][i % 3]!, { daysAgo: i, sensitivity: i < 55 ? 2 : 3 });
    person.document(made);
    person.note(made);
    person.caseAlert(made);
    if (i % 3 !== 2)
      person.grant(sourceByCode(['KSD', 'KY'][i % 3]!).code, { kle: made.kle, behind: made, monthsBack: 12 });
  }
  await deliver(ports, checkRecords(person.records));
  connection.client.on('commandStarted', (event: CommandStartedEvent) => {
    const target = String(event.command[event.commandName] as unknown);
    // Whom a user has opened is noted beside the answer of an earlier question.
    if (event.databaseName.includes('overblik_') && target !== 'own-persons')
      commands.push(`${event.commandName} ${target}`);
  });
});
afterAll(async () => {
  await connection.close();
  await store[Symbol.asyncDispose]();
});

const SECTION: Partial<Record<SubgraphName, string>> = {
  cases: `cases { outcome cases(first: $first) { totalCount edges { node {
    id title kle { title } owner { name } responsibleUnit { name } notes { title } parties { citizen { id } } } } } }`,
  documents: `documents { outcome documents(first: $first) { totalCount edges { node { id title kle { title } cases { id } } } } }`,
  benefits: `benefits { outcome grants(first: $first) { totalCount edges { node { id owner { name } benefits { kle { title } } payments { lines { kle { title } } } } } } }`,
  alerts: `alerts { outcome alerts(first: $first) { totalCount edges { node { id title kle { title } receivingUnit { name } case { id } } } } }`,
};
const entities = (name: SubgraphName) =>
  `query($r: [_Any!]!, $first: Int) { _entities(representations: $r) { ... on Citizen { ${SECTION[name]} } } }`;
const citizen = (id: string) => ({ __typename: 'Citizen', id });
const rowsOf = (data: any, name: SubgraphName) => {
  const section = data._entities[0][name];
  return (name === 'benefits' ? section.grants : section[name]).edges;
};

describe.each(Object.keys(SECTION) as SubgraphName[])('entities of %s', (name) => {
  test.each<[string, unknown]>([
    ['a key that is no UUID', { __typename: 'Citizen', id: '../etc' }],
    ['a key of another shape', { __typename: 'Citizen', id: { $ne: null } }],
    ['no key', { __typename: 'Citizen' }],
    ['an unknown type', { __typename: 'Nobody', id: 'x' }],
    ['a type named like a member of Object.prototype', { __typename: 'constructor' }],
    ['no type', { id: 'x' }],
    ['no object', 7],
  ])('%s costs its own place and not its neighbours', async (_what, bad) => {
    const { id } = person.person;
    const good = await ask(name, entities(name), { r: [citizen(id)], first: 1 });
    const mixed = await ask(name, entities(name), { r: [citizen(id), bad, citizen(id)], first: 1 });
    expect(mixed.data._entities).toEqual([good.data._entities[0], null, good.data._entities[0]]);
    expect(mixed.errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['_entities', 1], 'BAD_INPUT'],
    ]);
  });
});

describe.each(Object.keys(SECTION) as SubgraphName[])('a page of %s', (name) => {
  test('50 rows take as many store commands as one row: constant per collection, not per row', async () => {
    const r = [citizen(person.person.id)];
    await ask(name, entities(name), { r, first: 1 });
    const single = await ask(name, entities(name), { r, first: 1 });
    const many = await ask(name, entities(name), { r, first: name === 'benefits' ? 30 : 50 });
    expect(many.errors).toEqual([]);
    expect(rowsOf(many.data, name).length).toBeGreaterThanOrEqual(30);
    // Reference records a first page did not need may cost one look-up more; what is known of sources is read again after seconds.
    const copied = ['find reference', 'find freshness'];
    const ofRecords = (commands: string[]) => commands.filter((command) => !copied.includes(command)).sort();
    const countOf = (wanted: string) => many.commands.filter((command) => command === wanted).length;
    expect(ofRecords(many.commands)).toEqual(ofRecords(single.commands));
    expect(countOf('find reference')).toBeLessThanOrEqual(2);
    expect(countOf('find freshness')).toBeLessThanOrEqual(1);
    expect(many.commands.length).toBeLessThanOrEqual(7);
  });
  test('pages follow each other without gap or double, and the count is of what may be seen', async () => {
    const query = `query($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Citizen { ${name} { ${name === 'benefits' ? 'grants' : name}(first: 20, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } } } } }`;
    const ids: string[] = [];
    let after: string | null = null;
    let total = 0;
    do {
      const page: any = await ask(name, query, { r: [citizen(person.person.id)], after });
      const connection: any = page.data._entities[0][name][name === 'benefits' ? 'grants' : name];
      ids.push(...connection.edges.map((edge: any) => edge.node.id as string));
      total = connection.totalCount;
      after = connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(total);
    expect(total).toBeGreaterThan(30);
  });
  test('a cursor of another user, of another list or altered is refused', async () => {
    const field = name === 'benefits' ? 'grants' : name;
    const query = `query($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Citizen { ${name} { ${field}(first: 1, after: $after) { pageInfo { endCursor } } } } } }`;
    const r = [citizen(person.person.id)];
    const { data } = await ask(name, query, { r });
    const cursor = data._entities[0][name][field].pageInfo.endCursor as string;
    const codes = async (variables: object, as = caller()) =>
      (await ask(name, query, { r, ...variables }, as)).errors.map((error) => error.extensions['code']);
    expect(await codes({ after: cursor })).toEqual([]);
    expect(await codes({ after: cursor }, caller({ subject: 'another' }))).toEqual(['CURSOR_INVALID']);
    expect(await codes({ after: cursor, r: [citizen('00000000-0000-4000-8000-000000000000')] })).toEqual([
      'CURSOR_INVALID',
    ]);
    expect(await codes({ after: `A${cursor.slice(1)}` })).toEqual(['CURSOR_INVALID']);
    expect(await codes({ after: 'x' })).toEqual(['CURSOR_INVALID']);
  });
});

describe('entities', () => {
  const hidden = () =>
    person.records.find((record) => record.type === 'case' && record.sensitivity === 3)!.id;
  const visible = () => person.records.find((record) => record.type === 'case')!.id;
  const unknown = '00000000-0000-4000-8000-00000000abcd';
  const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Case { id title } } }';

  test('a mixed list keeps order, doubles and nulls, in one command', async () => {
    const r = [visible(), unknown, visible(), hidden()].map((id) => ({ __typename: 'Case', id }));
    const { data, commands } = await ask('cases', query, { r });
    expect(data._entities.map((entity: any) => entity?.id ?? null)).toEqual([
      visible(),
      null,
      visible(),
      null,
    ]);
    expect(commands).toEqual(['find cases']);
  });
  const hiddenNumber = () =>
    (person.records.find((record) => record.id === hidden()) as { caseNumber: string }).caseNumber;
  const hiddenDocument = () =>
    person.records.find((record) => record.type === 'document' && record.caseIds?.includes(hidden()))!.id;
  const hiddenAlert = () =>
    person.records.find((record) => record.type === 'alert' && record.caseId === hidden())!.id;
  /** Rights in a municipality the person has nothing to do with. */
  const stranger = () =>
    caller({
      cvr: '34567892',
      grants: grants.map((grant) => ({ ...grant, cvr: '34567892' })),
      agreements: agreementsOf('34567892'),
    });
  const byReference = (type: string) =>
    `query($id: ID!) { _entities(representations: [{ __typename: "${type}", id: $id }]) { __typename } }`;

  test.each<[string, SubgraphName, string, () => object, object, (() => Caller)?]>([
    [
      'a case',
      'cases',
      'query($id: ID!) { case(id: $id) { id title notes { id } } }',
      () => ({ id: hidden() }),
      { id: unknown },
    ],
    ['a case by reference', 'cases', byReference('Case'), () => ({ id: hidden() }), { id: unknown }],
    [
      'a case number',
      'cases',
      'query($n: String!) { searchCases(caseNumber: $n) { totalCount edges { node { id } } } }',
      () => ({ n: hiddenNumber() }),
      { n: 'KSD-0000-0000000' },
    ],
    [
      'a document',
      'documents',
      'query($id: ID!) { document(id: $id) { id cases { id } } }',
      () => ({ id: hiddenDocument() }),
      { id: unknown },
    ],
    [
      'a document by reference',
      'documents',
      byReference('Document'),
      () => ({ id: hiddenDocument() }),
      { id: unknown },
    ],
    ['an alert by reference', 'alerts', byReference('Alert'), () => ({ id: hiddenAlert() }), { id: unknown }],
    [
      'the documents of a case',
      'documents',
      'query($id: ID!) { _entities(representations: [{ __typename: "Case", id: $id }]) { ... on Case { documents { totalCount edges { node { id } } } } } }',
      () => ({ id: hidden() }),
      { id: unknown },
    ],
    [
      'a person',
      'citizens',
      'query($id: ID!) { citizen(id: $id) { name badges } }',
      () => ({ id: person.person.id }),
      { id: unknown },
      stranger,
    ],
    [
      'a person by reference',
      'citizens',
      byReference('Citizen'),
      () => ({ id: person.person.id }),
      { id: unknown },
      stranger,
    ],
    [
      'a personal number',
      'citizens',
      'query($n: String!) { searchCitizens(criteria: { cprNumber: $n }) { outcome countClass hits { edges { node { id } } } } }',
      () => ({ n: person.person.cpr }),
      { n: '0202701234' },
      stranger,
    ],
    [
      'a name',
      'citizens',
      'query($n: String!) { searchCitizens(criteria: { name: $n }) { outcome countClass hits { edges { node { id } } } } }',
      () => ({ n: person.person.name }),
      { n: 'Ingen Sådan' },
      stranger,
    ],
    ...(['cases', 'documents', 'benefits', 'alerts'] as const).map(
      (name): [string, SubgraphName, string, () => object, object, () => Caller] => [
        `the ${name} of a person`,
        name,
        entities(name),
        () => ({ r: [citizen(person.person.id)], first: 5 }),
        { r: [citizen(unknown)], first: 5 },
        stranger,
      ],
    ),
  ])('hidden and unknown take the same store commands and give the same answer: %s', async (...row) => {
    const [, name, query, forHidden, forUnknown, as = caller] = row;
    // Reference records are remembered between requests, hidden or not: the first pair fills the copy.
    await ask(name, query, { ...forHidden() }, as());
    await ask(name, query, { ...forUnknown }, as());
    const ofHidden = await ask(name, query, { ...forHidden() }, as());
    const other = await ask(name, query, { ...forUnknown }, as());
    expect(ofHidden).toEqual(other);
    expect(ofHidden.commands.length).toBeGreaterThan(0);
    expect(ofHidden.errors).toEqual([]);
    if (name === 'benefits') return;
    // And it is a refusal that was compared: to the cleared the thing is there.
    const cleared = caller({
      grants: grants.map((grant) => (grant.sensitivity ? { ...grant, sensitivity: 4 } : grant)),
    });
    expect((await ask(name, query, { ...forHidden() }, cleared)).data).not.toEqual(other.data);
  });
  test('forged extra fields of a representation change nothing', async () => {
    const r = [{ __typename: 'Case', id: hidden(), title: 'FORGED', access: { sensitivity: 1 } }];
    expect((await ask('cases', query, { r })).data._entities).toEqual([null]);
  });
  test.each([{ $ne: null }, ['a'], 5, 'not-a-uuid'])('an id that is no UUID is bad input: %p', async (id) => {
    const { errors } = await ask('cases', query, { r: [{ __typename: 'Case', id }] });
    expect(errors).toHaveLength(1);
    expect(errors[0]!.extensions['code']).toBe('BAD_INPUT');
  });
});

describe('the filter of the rights rides on an index', () => {
  /** Records the store read while a question was answered. */
  const examined = async (work: () => Promise<unknown>): Promise<number> => {
    const status = async () =>
      (await connection.client.db('admin').command({ serverStatus: 1 }))['examined'] as number;
    const before = await status();
    await work();
    return (await status()) - before;
  };
  const many: Grant[] = Array.from({ length: 200 }, (_, i) => ({
    role: (['case-read', 'document-read', 'alert-read', 'benefit-read'] as const)[i % 4]!,
    cvr,
    kle: [`32.${String(i % 100).padStart(2, '0')}.*`],
    ...(i % 4 !== 2 && { sensitivity: ((i % 3) + 1) as 1 | 2 | 3 }),
  }));

  test.each(Object.keys(SECTION) as SubgraphName[])(
    'a page of %s reads that person’s records alone, with 7 grants and with 207',
    async (name) => {
      const others = Array.from({ length: 40 }, (_, i) => {
        const other = new StoryBuilder(person.world, 100 + i, {
          given: 'Anden',
          surname: 'Mand',
          sex: 'MALE',
          years: 40,
        });
        const made = other.wholeCase('KSD', { kle: '32.30.04' });
        other.grant('KSD', { kle: made.kle, behind: made, monthsBack: 2 });
        return other.records;
      });
      await deliver(ingestPorts(connection), checkRecords(others.flat()));
      const r = [citizen(person.person.id)];
      const read = async (given: readonly Grant[]) => {
        await ask(name, entities(name), { r, first: 5 }, caller({ grants: given }));
        return examined(() => ask(name, entities(name), { r, first: 5 }, caller({ grants: given })));
      };
      const own = person.records.filter(
        (record) =>
          ({ case: 'cases', document: 'documents', grant: 'benefits', alert: 'alerts' })[
            record.type as 'case'
          ] === name,
      ).length;
      // Once for the page and once for the count, and what hangs on the five rows shown.
      const few = await read(grants);
      expect(few).toBeLessThanOrEqual(2 * own + 100);
      expect(await read([...grants, ...many])).toBeLessThanOrEqual(few + 20);
    },
  );
});

describe.each(SUBGRAPH_NAMES)('%s asked without an identity', (name) => {
  test.each([
    ['_entities', 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }'],
    ['_service', '{ _service { sdl } }'],
    ['the root', '{ __typename }'],
    ['introspection', '{ __schema { types { name } } }'],
  ])('gives nothing: %s', async (_what, query) => {
    for (const identity of [undefined, '', {}, 'a.b.c']) {
      const result = await subgraphs[name].execute({ query, variables: { r: [citizen('x')] }, identity });
      expect(result.data).toBeUndefined();
      expect(result.errors!.map((error) => error.extensions['code'])).toEqual(['IDENTITY_REFUSED']);
    }
  });
});

describe('an identity marked as simulated', () => {
  const administrator = (): Caller =>
    caller({ grants: [...grants, { role: 'access-administer', cvr }, { role: 'audit-read', cvr }] });
  const asked = async (
    name: SubgraphName,
    kind: 'caller' | 'simulate',
    query: string,
    variables: object,
    testPersons: string[] = [],
  ) => {
    const body = { query, variables: { ...variables }, operationName: null };
    const as = administrator();
    const requester = { subject: 'somebody', cvr, unit: null, barred: [], lifted: [] };
    const rights = { grants, agreements: as.agreements, requester, purpose: null };
    const identity = mintIdentity(
      {
        kind,
        ...(kind === 'simulate' && {
          hypothesis: { id: 'x', before: rights, after: rights, citizenIds: [person.person.id], testPersons },
        }),
        audience: name,
        caller: as,
        purpose: null,
        lookupId: null,
        requestId: 'x',
        operationName: null,
        body,
      },
      new Date(),
    );
    return (await subgraphs[name].execute({ ...body, identity })).data as any;
  };
  const simulation = (fields: string) =>
    `query($r: [_Any!]!) { _entities(representations: $r) { ... on Simulation { ${fields} } } }`;
  const r = [{ __typename: 'Simulation', id: '00000000-0000-4000-8000-000000000001' }];

  test('gets counts, ids and rule codes; of one citizen none or some, and figures of a test person alone', async () => {
    const query = simulation(
      'caseImpact { examined visibleAfter refusedBy { code } namedBefore namedAfter } caseSection { visible amount }',
    );
    const [simulated] = (await asked('cases', 'simulate', query, { r }))._entities;
    expect(simulated.caseImpact).toMatchObject({
      refusedBy: [{ code: 'SENSITIVITY' }],
      namedBefore: 'SOME',
      namedAfter: 'SOME',
    });
    expect(simulated.caseSection).toEqual({ visible: null, amount: 'SOME' });
    expect(simulated.caseImpact.visibleAfter).toBeGreaterThanOrEqual(55);
    const [invented] = (await asked('cases', 'simulate', query, { r }, [person.person.id]))._entities;
    expect(invented.caseSection).toEqual({ visible: 55, amount: 'SOME' });
    expect(invented.caseImpact).toMatchObject({ namedBefore: null, namedAfter: null });
  });
  test('gets no data, though the actor and the simulated rights both would', async () => {
    const own = { r: [citizen(person.person.id)], first: 5 };
    for (const name of Object.keys(SECTION) as SubgraphName[]) {
      expect((await asked(name, 'simulate', entities(name), own))._entities[0][name].outcome).toBe(
        'NOT_PERMITTED',
      );
      expect((await asked(name, 'caller', entities(name), own))._entities[0][name].outcome).not.toBe(
        'NOT_PERMITTED',
      );
    }
    const id = { id: person.person.id };
    expect(await asked('citizens', 'simulate', 'query($id: ID!) { citizen(id: $id) { name } }', id)).toEqual({
      citizen: null,
    });
    expect(await asked('audit', 'simulate', '{ auditLog { edges { node { id } } } }', {})).toEqual({
      auditLog: null,
    });
    const items = '{ governedItems(kind: MAPPING) { edges { node { key } } } }';
    expect(await asked('access', 'simulate', items, {})).toEqual({ governedItems: null });
  });
  test('and an ordinary identity gets nothing of a simulation', async () => {
    const fields = 'caseImpact { examined } caseSection { visible }';
    const [simulated] = (await asked('cases', 'caller', simulation(fields), { r }))._entities;
    expect(simulated).toEqual({ caseImpact: null, caseSection: null });
  });
});

test('more than 200 hits: narrow the search, with the count class and no scan', async () => {
  const many = Array.from(
    { length: 201 },
    () =>
      new StoryBuilder(person.world, 2, { given: 'Fælles', surname: 'Navnesen', sex: 'MALE', years: 30 })
        .person,
  );
  await deliver(ingestPorts(connection), checkRecords(many));
  const query = `query($criteria: CitizenSearchInput!) { searchCitizens(criteria: $criteria) { outcome countClass hits { edges { node { id } } } } }`;
  const wide = await ask('citizens', query, { criteria: { name: 'navnesen fælles' } });
  expect(wide.data.searchCitizens).toEqual({ outcome: 'NARROW_SEARCH', countClass: 'OVER_200', hits: null });
  expect(wide.commands.filter((command) => !command.startsWith('getMore'))).toEqual(['find citizens']);
  const narrow = await ask('citizens', query, {
    criteria: { name: 'navnesen', birthDate: many[0]!.birthDate },
  });
  expect(narrow.data.searchCitizens.outcome).toBe('HITS');
  expect(narrow.data.searchCitizens.hits.edges.map((edge: any) => edge.node.id)).toContain(many[0]!.id);
});

test('the gateway’s own identity reads no person, and a caller reads no mapping', async () => {
  const asCaller = await ask('access', 'query { accessVersion(cvr: "12345678") }');
  expect(asCaller.errors[0]!.extensions['code']).toBe('NOT_PERMITTED');
  const body = {
    query: 'query($id: ID!) { citizen(id: $id) { name } }',
    variables: { id: person.person.id },
    operationName: null,
  };
  const identity = mintIdentity(
    {
      kind: 'gateway',
      audience: 'citizens',
      caller: caller(),
      purpose: null,
      lookupId: null,
      requestId: 'x',
      operationName: null,
      body,
    },
    new Date(),
  );
  expect((await subgraphs.citizens.execute({ ...body, identity })).data).toEqual({ citizen: null });
});

test('a source that never delivered is missing, one that did long ago is stale', async () => {
  const query =
    'query($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { cases { outcome sources { sourceSystem { code } state } } } } }';
  const states = async () => {
    const { data } = await ask('cases', query, { r: [citizen(person.person.id)] });
    const { outcome, sources } = data._entities[0].cases;
    return {
      outcome,
      KSD: sources.find((source: any) => source.sourceSystem.code === 'KSD').state as string,
    };
  };
  expect(await states()).toEqual({ outcome: 'PARTLY', KSD: 'MISSING' });
  const freshness = freshnessCollection(connection.database('cases'));
  // Written past the feed, which would have renewed the copy.
  const changed = () => freshnessCopy(connection.database('cases')).forget(`KSD|${cvr}`);
  await freshness.insertOne({ _id: `KSD|${cvr}`, lastDeliveryAt: new Date('2020-01-01'), records: 1 });
  changed();
  expect((await states()).KSD).toBe('STALE');
  await freshness.updateOne({ _id: `KSD|${cvr}` }, { $set: { lastDeliveryAt: new Date() } });
  changed();
  expect((await states()).KSD).toBe('CURRENT');
});

test.each([
  ['cases', 'query($n: String!) { searchCases(caseNumber: $n) { totalCount } }', 'caseNumber'],
  ['audit', 'query($n: String!) { auditLog(filter: { user: $n }) { edges { node { id } } } }', 'filter.user'],
  [
    'audit',
    'query($n: String!) { auditLog(filter: { requestId: $n }) { edges { node { id } } } }',
    'filter.requestId',
  ],
  [
    'audit',
    'query($n: String!) { auditLog(filter: { event: $n }) { edges { node { id } } } }',
    'filter.event',
  ],
] as const)(
  '%s: a personal number pasted as %s is refused before it is logged',
  async (name, query, field) => {
    const as = caller({ grants: [...grants, { role: 'audit-read', cvr }] });
    for (const n of ['050590-7200', 'CPR 050590–7200', '05.05.90\u200b7200']) {
      const before = audited.length;
      const { errors } = await ask(name, query, { n }, as);
      expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field });
      expect(JSON.stringify(errors)).not.toMatch(/7200/);
      expect(audited.length).toBe(before);
    }
  },
);
