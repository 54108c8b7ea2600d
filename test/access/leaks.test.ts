import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSubgraphs, ingestPorts } from '../../programs/wiring/subgraphs.js';
import { deliver } from '../../intake/in-step/deliver.js';
import { FJORDBY, KORSBAEK, MOSEKAER, unitId } from '../../seed/authorities.js';
import { CprNumbers } from '../../seed/cpr-numbers.js';
import { addDays } from '../../subgraphs/shared/days/calendar.js';
import { noon } from '../../seed/days.js';
import { jobRole } from '../../seed/development/sign-ins.js';
import { checkRecords } from '../../seed/stories/tell.js';
import type { MappedGrant } from '../../subgraphs/access/source/records.js';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import { mintIdentity } from '../../subgraphs/shared/identity/internal-identity.js';
import { grantsOf, type Grant } from '../../subgraphs/shared/policy/grants.js';
import { compileRecordAccess } from '../../subgraphs/shared/policy/record-access.js';
import type { Subgraph } from '../../subgraphs/shared/runtime/subgraph.js';
import { agreementsOf } from '../kit/access.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import type { SensitivityRank } from '../../subgraphs/shared/policy/sensitivity.js';
import { until } from '../kit/administration.js';
import { OVERVIEW, SEARCH_CASES, startAllInOne, type Stack } from '../kit/stack.js';

/**
 * Two worlds over the real supergraph: in one a person has records the caller may not see, in the other these do not
 * exist. Whatever the caller asks, the answers are exactly the same. Grants and records are generated.
 */
const RUNS = Number(process.env['OVERBLIK_LEAK_RUNS'] ?? 16);
const SEED = Number(process.env['OVERBLIK_LEAK_SEED'] ?? Date.now() % 1_000_000);
const TODAY = new Date().toISOString().slice(0, 10);
const KLE = ['32.30.04', '32.24.04', '27.12.00', '15.20.00'] as const;
const SOURCES = ['KSD', 'KY', 'DUBU', 'JOBCENTER'] as const;

const sensitivity = fc.constantFrom<SensitivityRank>(1, 2, 2, 2, 3, 4);
const kle = fc.subarray(['32.*', '32.30.*', '27.*', '15.*', '3*', '*'], { minLength: 1, maxLength: 2 });
const grant: fc.Arbitrary<MappedGrant> = fc
  .record({
    role: fc.constantFrom(
      'case-read',
      'case-read',
      'document-read',
      'document-read',
      'benefit-read',
      'alert-read',
      'note-read',
    ),
    kle,
    sensitivity,
    units: fc.option(fc.constant([unitId(KORSBAEK, 'benefits')]), { nil: undefined, freq: 4 }),
  })
  .map(({ role, kle: patterns, sensitivity: level, units }) => ({
    role,
    kle: patterns,
    ...(role !== 'alert-read' && { sensitivity: level }),
    ...(units && role !== 'benefit-read' && { units }),
  }));

const USUAL: MappedGrant[] = [
  { role: 'case-read', kle: ['32.*'], sensitivity: 2 },
  { role: 'document-read', kle: ['32.*', '27.*'], sensitivity: 2 },
  { role: 'benefit-read', kle: ['32.*'], sensitivity: 2 },
  { role: 'alert-read', kle: ['*'] },
];

const record = fc.record({
  kind: fc.constantFrom('case', 'case', 'document', 'benefit', 'alert'),
  topic: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
  owner: fc.constantFrom(KORSBAEK, KORSBAEK, KORSBAEK, MOSEKAER),
  sensitivity,
  unit: fc.constantFrom('benefits' as const, 'family' as const),
  profile: fc.constantFrom<string[] | null>(null, null, null, ['somebody']),
  hiddenFrom: fc.constantFrom<('caseworker' | 'citizen')[]>([], [], [], ['caseworker']),
  /** Which of the cases before it a document, alert or benefit hangs on. */
  on: fc.array(fc.nat(3), { maxLength: 2 }),
  ago: fc.integer({ min: 1, max: 9 }),
});
const run = fc.record({
  // Mostly something is shown: hidden among nothing would prove little.
  grants: fc
    .tuple(fc.subarray(USUAL, { minLength: 2 }), fc.array(grant, { maxLength: 3 }))
    .map(([usual, more]) => [...usual, ...more]),
  records: fc.array(record, { minLength: 3, maxLength: 14 }),
  home: fc.constantFrom(KORSBAEK, KORSBAEK, KORSBAEK, FJORDBY),
});
type Run = typeof run extends fc.Arbitrary<infer R> ? R : never;

interface Staged {
  readonly name: string;
  readonly citizenId: string;
  readonly grants: readonly MappedGrant[];
  readonly person: FeedInput;
  readonly records: readonly FeedInput[];
}

const numbers = new CprNumbers();
const uuid = (n: number, part: number) =>
  `1ea40000-0000-4000-8000-${String(n).padStart(6, '0')}${String(part).padStart(6, '0')}`;

function stage({ grants, records, home }: Run, n: number): Staged {
  const cpr = numbers.issue('1966-07-08', 'MALE');
  const urn = `urn:oio:cpr-nr:${cpr}`;
  const head = { registeredAt: noon(addDays(TODAY, -5)) };
  const person: FeedInput = {
    type: 'person',
    id: uuid(n, 0),
    ...head,
    source: 'CPR',
    cpr,
    birthDate: '1966-07-08',
    name: `Læk ${n}`,
    sex: 'MALE',
    civilStatus: 'UNMARRIED',
    addresses: [
      { line: `Lækstræde ${n}, 9996 Korsbæk`, municipalityCvr: home, from: '2000-01-01', to: null },
    ],
  };
  const caseIds: string[] = [];
  const made = records.map((spec, i): FeedInput => {
    const id = uuid(n, i + 1);
    const day = addDays(TODAY, -10 * spec.ago);
    const facts = {
      source: SOURCES[spec.topic],
      ownerCvr: spec.owner,
      kle: KLE[spec.topic],
      sensitivity: spec.sensitivity,
      unit: unitId(KORSBAEK, spec.unit),
      profile: spec.profile,
      hiddenFrom: spec.hiddenFrom,
    };
    const on = [...new Set(spec.on.flatMap((index) => caseIds[index] ?? []))];
    if (spec.kind === 'case') {
      caseIds.push(id);
      return {
        type: 'case',
        id,
        ...head,
        ...facts,
        caseNumber: `LÆK-${n}-${i}`,
        title: `Sag ${i}`,
        history: [{ state: 'ARISEN', on: day }],
        parties: [{ role: 'PRIMARY', person: urn }],
      };
    }
    if (spec.kind === 'document')
      return {
        type: 'document',
        id,
        ...head,
        ...facts,
        title: `Dokument ${i}`,
        documentType: 'REPORT',
        state: 'FINAL',
        letterDate: day,
        caseIds: on,
        parties: [urn],
      };
    if (spec.kind === 'alert')
      return {
        type: 'alert',
        id,
        ...head,
        ...facts,
        eventType: 'GENERAL',
        title: `Advis ${i}`,
        receivedAt: `${day}T08:00:00Z`,
        caseId: on[0] ?? null,
        party: urn,
      };
    return {
      type: 'grant',
      id,
      ...head,
      source: facts.source,
      ownerCvr: facts.ownerCvr,
      sensitivity: facts.sensitivity,
      profile: facts.profile,
      status: 'ACTIVE',
      startsOn: day,
      caseId: on[0] ?? null,
      party: urn,
      benefits: [{ id: uuid(n, 100 + i), name: 'Ydelse', kle: facts.kle, startsOn: day }],
    };
  });
  const payments = made.flatMap((input, i): FeedInput[] =>
    input.type === 'grant'
      ? [
          {
            type: 'payment',
            id: uuid(n, 200 + i),
            ...head,
            source: input.source,
            grantId: input.id,
            ownerCvr: input.ownerCvr,
            periodFrom: addDays(TODAY, -60),
            periodTo: addDays(TODAY, -30),
            disposalDate: addDays(TODAY, -30),
            grossOre: 100,
            afterTaxOre: 60,
            sentOre: 60,
            lines: [{ text: 'Ydelse', kle: input.benefits[0]!.kle, amountOre: 100 }],
          },
        ]
      : [],
  );
  return { name: `leak-${n}`, citizenId: uuid(n, 0), grants, person, records: [...made, ...payments] };
}

const STAGED = fc.sample(run, { numRuns: RUNS, seed: SEED }).map((made, i) => stage(made, i + 1));
let full: Stack;
let bare: Stack;

beforeAll(async () => {
  full = await startAllInOne();
  bare = await startAllInOne();
  await prepare(
    full,
    STAGED.flatMap((staged) => [staged.person, ...staged.records]),
  );
  const visible = new Set<string>();
  for (const staged of STAGED) for (const id of await seenBy(staged)) visible.add(id);
  // What hangs on a record goes with it: payments on their grants.
  const kept = (input: FeedInput) => visible.has(input.type === 'payment' ? input.grantId : input.id);
  await prepare(
    bare,
    STAGED.flatMap((staged) => [staged.person, ...staged.records.filter(kept)]),
  );
}, 180_000);
afterAll(async () => {
  await full[Symbol.asyncDispose]();
  await bare[Symbol.asyncDispose]();
});

async function prepare(stack: Stack, records: readonly FeedInput[]): Promise<void> {
  const ports = ingestPorts(stack.gateway.store);
  const begun = new Date('2020-01-01T00:00:00Z');
  const mappings = STAGED.map(({ name, grants }) => ({
    cvr: KORSBAEK,
    key: jobRole(KORSBAEK, name),
    content: {
      kind: 'mapping' as const,
      name,
      description: '',
      grants: [{ role: 'citizen-read' }, ...grants],
      validFrom: begun,
      validTo: null,
      caseNumber: null,
    },
  }));
  await ports.access.configure(mappings, begun);
  await deliver(ports, checkRecords(records));
  // While thousands of records go in, the rights may not be looked up in time: that is an answer too, not yet the one.
  const token = await tokenFor(stack, STAGED[0]!);
  await until(async () => {
    const { data } = await stack.ask('leak', '{ me { grants { role } } }', {}, { token });
    return (data?.me.grants.length ?? 0) > 0;
  }, 10);
}

function tokenFor(stack: Stack, { name }: Staged): Promise<string> {
  return stack.tokenOf({
    name,
    subject: name,
    cvr: KORSBAEK,
    unit: unitId(KORSBAEK, 'benefits'),
    jobFunctionRoles: [jobRole(KORSBAEK, name)],
    shows: '',
  });
}

async function ask(stack: Stack, staged: Staged, query: string, variables: object): Promise<unknown> {
  const token = await tokenFor(stack, staged);
  const { data, errors } = await stack.ask(staged.name, query, variables, { token });
  expect(errors).toEqual([]);
  return data;
}

const SECTIONS = { cases: 'cases', documents: 'documents', benefits: 'grants', alerts: 'alerts' } as const;

/** Every record a caller sees of a person, page by page. */
async function pagesOf(stack: Stack, staged: Staged): Promise<string[][]> {
  const pages: string[][] = [];
  for (const [section, list] of Object.entries(SECTIONS)) {
    const query = `query ($id: ID!, $after: String) { citizen(id: $id) { ${section} { ${list}(first: 2, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } } } }`;
    let after: string | null = null;
    do {
      const data: any = await ask(stack, staged, query, { id: staged.citizenId, after });
      const page: any = data.citizen?.[section][list];
      if (!page) break;
      pages.push([
        section,
        String(page.totalCount),
        String(page.pageInfo.hasNextPage),
        ...page.edges.map((edge: any) => edge.node.id),
      ]);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
  }
  return pages;
}

const seenBy = async (staged: Staged) => (await pagesOf(full, staged)).flatMap((page) => page.slice(3));

const OPEN = `query ($id: ID!) {
  case(id: $id) { id title parties { citizen { id } } documents { totalCount edges { node { id cases { id } } } } notes { id } }
  document(id: $id) { id title cases { id } }
}`;
/** Cursors are secret to each process; everything else of the answer is compared. */
const withoutCursors = (data: unknown) =>
  JSON.stringify(data).replace(/"endCursor":"[^"]*"/g, '"endCursor":"…"');

test(`hidden is the same as not there: ${RUNS} generated persons and callers, seed ${SEED}`, async () => {
  let hidden = 0;
  let shown = 0;
  for (const staged of STAGED) {
    const pages = await pagesOf(full, staged);
    expect(await pagesOf(bare, staged)).toEqual(pages);
    const ids = pages.flatMap((page) => page.slice(3));
    shown += ids.length;
    hidden += staged.records.filter((input) => input.type !== 'payment' && !ids.includes(input.id)).length;
    const variables = { id: staged.citizenId };
    const [first, other] = [
      await ask(full, staged, OVERVIEW, variables),
      await ask(bare, staged, OVERVIEW, variables),
    ];
    expect(withoutCursors(first)).toBe(withoutCursors(other));
    for (const record of staged.records) {
      const open = [
        await ask(full, staged, OPEN, { id: record.id }),
        await ask(bare, staged, OPEN, { id: record.id }),
      ];
      expect(open[0]).toEqual(open[1]);
      if (record.type !== 'case') continue;
      const caseNumber = { caseNumber: record.caseNumber };
      const found = [
        await ask(full, staged, SEARCH_CASES, caseNumber),
        await ask(bare, staged, SEARCH_CASES, caseNumber),
      ];
      expect(withoutCursors(found[0])).toBe(withoutCursors(found[1]));
    }
  }
  // Worlds that hide nothing, or show nothing, would prove nothing.
  // The drawn worlds differ from run to run, so the floors lie far below what is usual.
  expect(hidden).toBeGreaterThan(RUNS / 4);
  expect(shown).toBeGreaterThan(RUNS / 4);
}, 180_000);

test('the same by each subgraph asked directly, and by the policy over the records it keeps', async () => {
  const parts = {
    audit: { append: () => Promise.resolve() },
    auditTrust: { keys: [], anchorFile: undefined },
    cursorKey: Buffer.alloc(32, 1),
    verifyIdentity: undefined,
    now: () => new Date(),
    onError: (error: unknown) => {
      throw error;
    },
  };
  const worlds = [
    await buildSubgraphs(full.gateway.store, parts),
    await buildSubgraphs(bare.gateway.store, parts),
  ];
  let hidden = 0;
  for (const staged of STAGED) {
    for (const [name, list] of Object.entries(SECTIONS) as [keyof typeof SECTIONS, string][]) {
      const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${name} {
        outcome reason { code } sources { state sourceSystem { code } }
        ${list}(first: 3) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id } } } } } } }`;
      const r = [{ __typename: 'Citizen', id: staged.citizenId }];
      const [first, other] = await Promise.all(
        worlds.map((world) => askSubgraph(world[name], staged, query, { r })),
      );
      // One key signs the cursors of both worlds here, so they are compared too.
      expect(first).toEqual(other);
    }
    const access = compileRecordAccess(
      grantsOf(callerOf(staged).grants, ['case-read']),
      agreementsOf(KORSBAEK),
      'cases',
      { ...callerOf(staged), today: new Date().toISOString().slice(0, 10) },
    );
    const [all, kept] = await Promise.all(
      [full, bare].map((stack) =>
        stack.gateway.store
          .database('cases')
          .collection('cases')
          .find({ partyIds: staged.citizenId })
          .toArray(),
      ),
    );
    const seen = (records: any[]) =>
      records.filter((record) => access.matches(record.access)).map((record) => record._id);
    expect(seen(all!).sort()).toEqual(seen(kept!).sort());
    hidden += all!.length - kept!.length;
  }
  expect(hidden).toBeGreaterThan(RUNS / 8);
}, 120_000);

function callerOf({ name, grants }: Staged): Caller {
  return {
    subject: name,
    cvr: KORSBAEK,
    unit: unitId(KORSBAEK, 'benefits'),
    personId: null,
    jumps: [],
    grants: [{ role: 'citizen-read' }, ...grants].map((grant) => ({ ...grant, cvr: KORSBAEK }) as Grant),
    agreements: agreementsOf(KORSBAEK),
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
  };
}

async function askSubgraph(
  subgraph: Subgraph,
  staged: Staged,
  query: string,
  variables: object,
): Promise<unknown> {
  const body = { query, variables: { ...variables }, operationName: null };
  const identity = mintIdentity(
    {
      kind: 'caller',
      audience: subgraph.name,
      caller: callerOf(staged),
      purpose: null,
      lookupId: null,
      requestId: 'leak',
      operationName: null,
      body,
    },
    new Date(),
  );
  const { data, errors } = await subgraph.execute({ ...body, identity });
  expect(errors).toBeUndefined();
  return data;
}
