import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { buildSubgraphs, ingestPorts } from '../../programs/wiring/subgraphs.js';
import { KORSBAEK } from '../../seed/authorities.js';
import { jobRole } from '../../seed/development/sign-ins.js';
import type { StoreConnection } from '../../store/connection.js';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import type { MappingContent } from '../../subgraphs/access/source/records.js';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import { mintIdentity } from '../../subgraphs/shared/identity/internal-identity.js';
import { compileBenefitAccess } from '../../subgraphs/shared/policy/benefit-access.js';
import { explainBenefit } from '../../subgraphs/shared/policy/benefit-explanation.js';
import { compileCitizenReach } from '../../subgraphs/shared/policy/citizen-reach.js';
import { compileDocumentAccess } from '../../subgraphs/shared/policy/document-access.js';
import { explainDocument } from '../../subgraphs/shared/policy/document-explanation.js';
import { grantsOf } from '../../subgraphs/shared/policy/grants.js';
import { compileRecordAccess } from '../../subgraphs/shared/policy/record-access.js';
import { explain, type Decision } from '../../subgraphs/shared/policy/explain.js';
import type { Subgraph } from '../../subgraphs/shared/runtime/subgraph.js';
import { agreementsOf } from '../kit/access.js';
import { renderAccessRules } from '../kit/access-rules-page.js';
import { addDays } from '../../subgraphs/shared/days/calendar.js';
import { SCENARIOS, TODAY, deliverScenarios, stageScenarios, type Staged } from '../kit/scenarios.js';
import { startAllInOne, type Stack } from '../kit/stack.js';
import { startTestStore, type TestStore } from '../kit/store.js';
import { until } from '../kit/administration.js';

/** One table of sentences, held at three levels: policy, subgraph and gateway. */
const STAGED = stageScenarios();
const ROWS = STAGED.map((staged) => [staged.scenario.says, staged] as const);
const AGREEMENTS = agreementsOf(KORSBAEK);
const READERS = [
  { role: 'citizen-read' as const, cvr: KORSBAEK },
  { role: 'access-administer' as const, cvr: KORSBAEK },
];

function decide({ scenario, facts, caseFacts, grants, requester }: Staged): Decision | boolean {
  const moment = { purpose: scenario.who?.purpose ?? null, today: TODAY };
  const { kind, paidDaysAgo = 30 } = scenario.asks;
  if (kind === 'case') {
    const own = grantsOf(grants, ['case-read']);
    const delivering = AGREEMENTS.filter((agreement) => agreement.kinds.includes('cases'));
    const decision = explain(facts, own, delivering, requester);
    expect(compileRecordAccess(own, AGREEMENTS, 'cases', requester).matches(facts)).toBe(decision.permit);
    return decision;
  }
  if (kind === 'document') {
    const document = { access: facts, caseFacts, filedOnCase: caseFacts.length > 0 };
    const decision = explainDocument(document, grants, AGREEMENTS, requester);
    expect(compileDocumentAccess(grants, AGREEMENTS, requester).matches(document)).toBe(decision.permit);
    return decision;
  }
  if (kind === 'benefit') {
    const paid = paidDaysAgo === null ? [] : [daysAgo(paidDaysAgo)];
    const record = {
      access: { ...facts, kle: null },
      benefits: [{ kle: facts.kle, endsOn: null }],
      paymentFacts: paid.map((disposalDate) => ({ ownerCvr: facts.ownerCvr, kle: facts.kle, disposalDate })),
      caseFacts: caseFacts[0] ?? null,
    };
    const decision = explainBenefit(record, grants, AGREEMENTS, requester, moment);
    expect(compileBenefitAccess(grants, AGREEMENTS, requester, moment).matches(record)).toBe(decision.permit);
    return decision;
  }
  const homes = [{ cvr: scenario.asks.home === 'fjordby' ? '34567892' : KORSBAEK, from: '2000-01-01' }];
  const ties = caseFacts.map((caseFact) => ({ ...caseFact, parties: [], kind: 'case' as const }));
  const reach = compileCitizenReach([...READERS, ...grants], AGREEMENTS, requester, 'citizen-read', true);
  return reach.matches({ _id: facts.parties[0]!, homes, ties });
}

const daysAgo = (days: number) => addDays(TODAY, -days);

describe('by the policy module', () => {
  test.each(ROWS)('%s', (_says, staged) => {
    const decision = decide(staged);
    if (typeof decision === 'boolean') expect(decision).toBe(staged.scenario.gets === 'SHOWN');
    else expect(decision.permit ? 'SHOWN' : decision.rule.code).toBe(staged.scenario.gets);
  });
});

const OWNER: Record<Staged['scenario']['asks']['kind'], [SubgraphName, string]> = {
  case: ['cases', 'Case'],
  document: ['documents', 'Document'],
  benefit: ['benefits', 'BenefitGrant'],
  citizen: ['citizens', 'Citizen'],
};

describe('by the subgraph that owns the data', () => {
  let store: TestStore;
  let connection: StoreConnection;
  let subgraphs: Record<SubgraphName, Subgraph>;
  beforeAll(async () => {
    store = await startTestStore();
    connection = await store.connect();
    subgraphs = await buildSubgraphs(connection, {
      audit: { append: () => Promise.resolve() },
      auditTrust: { keys: [], anchorFile: undefined },
      cursorKey: Buffer.alloc(32, 1),
      verifyIdentity: undefined,
      now: () => new Date(),
      onError: (error) => {
        throw error;
      },
    });
    await deliverScenarios(ingestPorts(connection), STAGED);
  }, 60_000);
  afterAll(async () => {
    await connection.close();
    await store[Symbol.asyncDispose]();
  });
  const callerOf = ({ requester, grants }: Staged): Caller => ({
    ...requester,
    personId: null,
    jumps: [],
    grants: [...READERS, ...grants],
    agreements: AGREEMENTS,
    withoutAgreement: [],
    lifts: [],
    watched: [],
    sectionsOff: [],
    remarkTypes: [],
    noteHeadings: [],
    noteReceivers: [],
    accessVersion: 1,
  });
  const ask = async (staged: Staged, query: string, variables: object, simulate = false) => {
    const [audience] = OWNER[staged.scenario.asks.kind];
    const body = { query, variables: { ...variables }, operationName: null };
    const { grants, requester } = staged;
    const purpose = staged.scenario.who?.purpose ?? null;
    const rights = { grants, agreements: AGREEMENTS, requester, purpose };
    const made = mintIdentity(
      {
        kind: simulate ? 'simulate' : 'caller',
        ...(simulate && {
          hypothesis: { id: 's', before: rights, after: rights, citizenIds: [], testPersons: [] },
        }),
        audience,
        caller: callerOf(staged),
        purpose,
        lookupId: null,
        requestId: 'test',
        operationName: null,
        body,
      },
      new Date(),
    );
    const result = await subgraphs[audience].execute({ ...body, identity: made });
    expect(result.errors).toBeUndefined();
    return (result.data as any)._entities[0];
  };

  test.each(ROWS)('%s', async (_says, staged) => {
    const { kind } = staged.scenario.asks;
    const [, type] = OWNER[kind];
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const found = await ask(staged, query, { r: [{ __typename: type, id: staged.recordId }] });
    expect(found !== null).toBe(staged.scenario.gets === 'SHOWN');
    if (kind === 'citizen' || (staged.facts.ownerCvr !== KORSBAEK && staged.facts.ownerCvr !== null)) return;
    const why = `query ($r: [_Any!]!, $id: ID!) {
      _entities(representations: $r) { ... on Simulation { decision: ${kind}Decision(id: $id) { permitted code } } } }`;
    const simulation = await ask(
      staged,
      why,
      { r: [{ __typename: 'Simulation', id: staged.recordId }], id: staged.recordId },
      true,
    );
    const outcome = simulation.decision.permitted ? 'SHOWN' : simulation.decision.code;
    expect(outcome).toBe(staged.scenario.gets);
  });
});

describe('by the gateway over the real supergraph', () => {
  let stack: Stack;
  const roleOf = ({ subject }: Staged) => jobRole(KORSBAEK, subject);
  beforeAll(async () => {
    stack = await startAllInOne();
    const ports = ingestPorts(stack.gateway.store);
    const begun = new Date('2020-01-01T00:00:00Z');
    await ports.access.configure(
      STAGED.map((staged) => {
        const grants = [{ role: 'citizen-read' }, ...staged.grants.map(({ cvr: _cvr, ...grant }) => grant)];
        const content: MappingContent = {
          kind: 'mapping',
          name: staged.subject,
          description: '',
          grants,
          validFrom: begun,
          validTo: null,
          caseNumber: null,
        };
        return { cvr: KORSBAEK, key: roleOf(staged), content };
      }),
      begun,
    );
    await ports.access.users(
      STAGED.filter(({ scenario }) => scenario.who?.barred).map(({ subject, unit, citizenId }) => ({
        cvr: KORSBAEK,
        subject,
        name: null,
        unit,
        jobFunctionRoles: [],
        personId: citizenId,
      })),
    );
    const lifts = STAGED.filter(({ scenario }) => scenario.who?.lifted).map(
      ({ subject, unit, citizenId }) => ({
        _id: `lift-${subject}` as never,
        cvr: KORSBAEK,
        subject,
        unit,
        citizenId,
        reason: 'A scenario.',
        from: begun,
        to: new Date('2100-01-01'),
        reviewBy: new Date('2100-01-01'),
        review: null,
      }),
    );
    await stack.gateway.store.database('access').collection('lifts').insertMany(lifts);
    await deliverScenarios(ports, STAGED);
    // The stack has been running: what was configured is in force once the gateway has asked again.
    await until(
      async () => (await askAs(STAGED[0]!, QUERY.case, { id: STAGED[0]!.recordId })).data.case !== null,
      5,
    );
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const askAs = async (staged: Staged, query: string, variables: object) => {
    const { subject, unit } = staged;
    const token = await stack.tokenOf({
      name: subject,
      subject,
      cvr: KORSBAEK,
      unit,
      jobFunctionRoles: [roleOf(staged)],
      shows: '',
    });
    const purpose = staged.scenario.who?.purpose;
    return stack.ask(subject, query, variables, {
      token,
      ...(purpose && { headers: { 'overblik-purpose': purpose } }),
    });
  };
  const QUERY = {
    case: 'query ($id: ID!) { case(id: $id) { id } }',
    document: 'query ($id: ID!) { document(id: $id) { id } }',
    benefit:
      'query ($id: ID!) { citizen(id: $id) { benefits { grants { totalCount edges { node { id } } } } } }',
    citizen: 'query ($id: ID!) { citizen(id: $id) { id } }',
  } as const;
  const isShown = (kind: keyof typeof QUERY, data: any): boolean => {
    if (kind !== 'benefit') return data[kind] !== null;
    return (data.citizen.benefits.grants?.totalCount ?? 0) === 1;
  };

  test.each(ROWS)('%s', async (_says, staged) => {
    const { kind } = staged.scenario.asks;
    const id = kind === 'benefit' ? staged.citizenId : staged.recordId;
    const answer = await askAs(staged, QUERY[kind], { id });
    expect(answer.errors).toEqual([]);
    expect(isShown(kind, answer.data)).toBe(staged.scenario.gets === 'SHOWN');
  });
  test('the administrator is shown the same rule for each, as far as the records are of the own authority', async () => {
    const reported: [string, string][] = [];
    const expected: [string, string][] = [];
    for (const staged of STAGED) {
      const { asks, who, gets } = staged.scenario;
      // A sign-in is simulated without lifts; the rest is the very same.
      if (asks.kind === 'citizen' || who?.lifted || staged.facts.ownerCvr !== KORSBAEK) continue;
      const query = `mutation ($input: SignInInput!, $id: ID!) { simulateSignIn(input: $input) {
        decision: ${asks.kind}Decision(id: $id) { permitted code } } }`;
      const user = who?.barred || asks.profile?.includes('user') ? staged.subject : undefined;
      if (user && !who?.barred) continue;
      const input = user
        ? { user, unit: staged.unit }
        : { jobFunctionRoles: [roleOf(staged)], unit: staged.unit, purpose: who?.purpose };
      const { data } = await stack.ask('role-admin', query, { input, id: staged.recordId });
      const { permitted, code } = data.simulateSignIn.decision;
      reported.push([staged.scenario.says, permitted ? 'SHOWN' : code]);
      // The own record: the user holds no role in the organisation, so that is the first thing missing.
      expected.push([staged.scenario.says, user ? 'NO_ROLE' : gets]);
    }
    expect(reported.length).toBeGreaterThan(35);
    expect(reported).toEqual(expected);
  }, 30_000);
});

test('docs/access-rules.md says what the table and the rules say (OVERBLIK_WRITE_DOCS=1 writes it)', async () => {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'access-rules.md');
  const options = await resolveConfig(path);
  const page = await format(renderAccessRules(SCENARIOS), { ...options, parser: 'markdown' });
  if (process.env['OVERBLIK_WRITE_DOCS'] === '1') writeFileSync(path, page);
  expect(readFileSync(path, 'utf8')).toBe(page);
});
