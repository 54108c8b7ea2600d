import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { KORSBAEK, MOSEKAER, unitId } from '../../../seed/authorities.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { jobRole } from '../../../seed/development/sign-ins.js';
import {
  BENEFIT_ROLE,
  DRAFT_AGREEMENT,
  DRAFT_MAPPING,
  DRAFT_SETTINGS,
  END,
  PREVIEW,
  enforce,
  itemOf,
  mappingInput,
  must,
  until,
} from '../../kit/administration.js';
import { readSchemaFile } from '../../../schema/sdl.js';
import { KLE_CONSTRAINT, UNIT_CONSTRAINT, privileges, scopeOf } from '../../kit/privileges.js';
import { OVERVIEW, SEARCH, startAllInOne, type Stack } from '../../kit/stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startAllInOne();
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

const overviewOf = async (slug: string, signIn = 'benefit-caseworker', options = {}) =>
  (await stack.ask(signIn, OVERVIEW, { id: stack.story(slug).citizenId }, options)).data;
const WHY = readSchemaFile('operations/WhyShown.graphql');
const CONTROL = readSchemaFile('operations/ControlCases.graphql');
const whyOf = async (slug: string) =>
  (await must(stack, 'benefit-caseworker', WHY, { id: stack.story(slug).citizenId })).data.citizen;
const LOG = `query Log($filter: AuditFilter) { auditLog(filter: $filter, first: 50) {
  edges { node { user event decision ruleCode alarms citizenId objects } } } }`;
const log = async (filter: object): Promise<any[]> =>
  (await must(stack, 'controller', LOG, { filter })).data.auditLog.edges.map(({ node }: any) => node);

const SETTINGS = {
  sectionsOff: [],
  remarkTypes: ['OBS Tolk'],
  liftMinutes: 60,
  reviewDays: 7,
  lookUpsPerHour: 100,
  sessionIdleMinutes: 30,
  sessionHours: 10,
  ownRecord: 'REFUSE',
  kin: 'REFUSE',
  colleagues: 'ALARM',
  why: 'The municipality has decided so.',
};
async function decideSettings(change: object): Promise<void> {
  const revision = (await itemOf(stack, 'SETTINGS', 'settings'))?.revision ?? 0;
  await must(stack, 'role-admin', DRAFT_SETTINGS, { input: { ...SETTINGS, ...change, revision } });
  await enforce(stack, 'SETTINGS', 'settings');
}

describe('oneself, kin and colleagues', () => {
  test('the own record and the spouse’s do not exist for the caseworker, by no road', async () => {
    const { citizenId, cpr } = stack.story('own-record');
    expect((await overviewOf('own-record')).citizen).toBeNull();
    const found = await stack.ask('benefit-caseworker', SEARCH, { criteria: { name: 'Selvsynsholm' } });
    expect(found.data.searchCitizens).toMatchObject({ countClass: 'NONE' });
    const byNumber = await stack.ask('benefit-caseworker', SEARCH, { criteria: { cprNumber: cpr } });
    expect(byNumber.data.searchCitizens).toMatchObject({ countClass: 'NONE' });
    const others = await stack.ask('vip-cleared', SEARCH, { criteria: { name: 'Selvsynsholm' } });
    expect(others.data.searchCitizens).toMatchObject({ countClass: 'UP_TO_20' });
    const cases = (await overviewOf('own-record', 'vip-cleared')).citizen.cases.cases;
    const caseId = cases.edges[0].node.id;
    const direct = 'query ($id: ID!) { case(id: $id) { id title } }';
    expect((await stack.ask('vip-cleared', direct, { id: caseId })).data.case.id).toBe(caseId);
    expect((await stack.ask('benefit-caseworker', direct, { id: caseId })).data.case).toBeNull();
    const refused = await log({ citizenId, user: 'user-benefit-caseworker', decision: 'REFUSE' });
    expect(refused[0]).toMatchObject({ ruleCode: 'NOT_WITHIN_RIGHTS', alarms: ['OWN_RECORD'] });
  });
  test('a colleague is shown, and the controller is alerted', async () => {
    const { citizenId } = stack.story('colleague');
    expect((await overviewOf('colleague')).citizen.cases.cases.totalCount).toBe(1);
    const alarmed = await log({ citizenId, alarmed: true });
    expect(alarmed.length).toBeGreaterThan(0);
    expect(alarmed.every((entry) => entry.alarms.includes('COLLEAGUE'))).toBe(true);
    expect(await log({ citizenId: stack.story('sickness-benefit').citizenId, alarmed: true })).toEqual([]);
  });
  test('the municipality chooses: own record with an alarm, colleagues refused', async () => {
    await decideSettings({ ownRecord: 'ALARM', colleagues: 'REFUSE' });
    await until(async () => (await overviewOf('colleague')).citizen === null);
    expect((await overviewOf('own-record')).citizen.cases.cases.totalCount).toBe(1);
    const found = await stack.ask('benefit-caseworker', SEARCH, { criteria: { name: 'Selvsynsholm' } });
    expect(found.data.searchCitizens).toMatchObject({ countClass: 'ONE' });
    await decideSettings({});
    await until(async () => (await overviewOf('own-record')).citizen === null);
  }, 30_000);
});

describe('sections the municipality does not use', () => {
  test('are not relevant for anyone, and closed by every road', async () => {
    const before = (await overviewOf('sickness-benefit')).citizen;
    const caseId = before.cases.cases.edges[0].node.id;
    await decideSettings({ sectionsOff: ['CASES'] });
    await until(
      async () => (await overviewOf('sickness-benefit')).citizen.cases.outcome === 'NOT_RELEVANT',
      5,
    );
    const { citizen } = await overviewOf('sickness-benefit');
    expect(citizen.cases).toMatchObject({ sources: [], cases: null });
    expect(citizen.benefits.outcome).toBe(before.benefits.outcome);
    const direct = await stack.ask('benefit-caseworker', 'query ($id: ID!) { case(id: $id) { id } }', {
      id: caseId,
    });
    expect(direct.data.case).toBeNull();
    const [entry] = await log({ decision: 'REFUSE', user: 'user-benefit-caseworker' });
    expect(entry.ruleCode).toBe('SECTION_OFF');
    await decideSettings({});
    await until(
      async () => (await overviewOf('sickness-benefit')).citizen.cases.outcome !== 'NOT_RELEVANT',
      5,
    );
  }, 30_000);
});

describe('break-glass', () => {
  const BREAK = `mutation ($citizenId: ID!, $reason: String!) {
    breakGlass(citizenId: $citizenId, reason: $reason) { id until reviewBy user reason }
  }`;
  const QUEUE = `query { lifts(awaitingReview: true) { edges { node { id user citizenId reason verdict } } } }`;
  const REVIEW = `mutation ($id: ID!, $verdict: LiftVerdict!, $note: String!) {
    reviewLift(id: $id, verdict: $verdict, note: $note) { id verdict reviewedBy }
  }`;
  const reason = 'The citizen stands at the counter in acute need.';
  const lift = (slug: string, signIn = 'benefit-caseworker', why = reason) =>
    stack.ask(signIn, BREAK, { citizenId: stack.story(slug).citizenId, reason: why });
  const casesOf = async (slug: string) => (await overviewOf(slug)).citizen.cases.cases.totalCount;

  test.each([
    ['without the role', 'citizen-service', reason, 'NOT_PERMITTED'],
    ['with a reason of nine characters', 'benefit-caseworker', 'too short', 'BAD_INPUT'],
    ['with a blank reason', 'benefit-caseworker', ' '.repeat(40), 'BAD_INPUT'],
    ['with a reason of 256 characters', 'benefit-caseworker', 'x'.repeat(256), 'BAD_INPUT'],
  ])('is refused %s', async (_says, signIn, why, code) => {
    const answer = await lift('child-at-risk', signIn, why);
    expect(answer.errors[0]!.extensions['code']).toBe(code);
    expect(answer.data?.breakGlass ?? null).toBeNull();
  });
  test('opens what the role limits for that person alone, says so, and raises an alarm', async () => {
    expect(await casesOf('child-at-risk')).toBe(0);
    const { data } = await lift('child-at-risk');
    // Who made it and why are for the reviewer.
    expect(data.breakGlass).toMatchObject({ user: null, reason: null });
    await until(async () => (await casesOf('child-at-risk')) === 1);
    const why = await whyOf('child-at-risk');
    expect(why.cases.cases.edges[0].node.whyShown).toMatchObject({ code: 'BREAK_GLASS' });
    const { citizen } = await overviewOf('child-at-risk');
    expect(citizen.documents.documents.totalCount).toBe(2);
    expect(await casesOf('every-system')).toBe(6);
    const { citizenId } = stack.story('child-at-risk');
    expect((await log({ citizenId, alarmed: true }))[0].alarms).toEqual(['BREAK_GLASS']);
    const [made] = await log({ event: 'access-lifted', citizenId, decision: 'PERMIT' });
    expect(made).toMatchObject({ alarms: ['BREAK_GLASS'] });
    const me = await stack.ask('benefit-caseworker', '{ me { lifts { citizenId } } }');
    expect(me.data.me.lifts).toEqual([{ citizenId }]);
  }, 30_000);
  test('never lifts a core rule: security profile, display class, oneself', async () => {
    for (const slug of ['security-profile', 'display-class']) {
      const before = await casesOf(slug);
      await lift(slug);
      const { citizenId } = stack.story(slug);
      const held = async () =>
        (await stack.ask('benefit-caseworker', '{ me { lifts { citizenId } } }')).data.me.lifts.some(
          (given: any) => given.citizenId === citizenId,
        );
      await until(held);
      expect(await casesOf(slug)).toBe(before);
    }
    expect((await lift('own-record')).errors[0]!.extensions['code']).toBe('LIFT_OUT_OF_REACH');
    expect((await overviewOf('own-record')).citizen).toBeNull();
  }, 30_000);
  test('is reviewed by somebody else, once; what was not justified ends at once', async () => {
    const { data } = await must(stack, 'role-approver', QUEUE, {});
    const queue = data.lifts.edges.map(({ node }: any) => node);
    expect(queue.length).toBe(3);
    const mine = queue.find((given: any) => given.citizenId === stack.story('child-at-risk').citizenId);
    expect(mine).toMatchObject({ user: 'user-benefit-caseworker', reason, verdict: null });
    const note = 'Nothing in the journal supports it.';
    const reviewed = await must(stack, 'role-approver', REVIEW, {
      id: mine.id,
      verdict: 'NOT_JUSTIFIED',
      note,
    });
    expect(reviewed.data.reviewLift).toEqual({
      id: mine.id,
      verdict: 'NOT_JUSTIFIED',
      reviewedBy: 'user-role-approver',
    });
    await until(async () => (await casesOf('child-at-risk')) === 0);
    const again = await stack.ask('role-approver', REVIEW, { id: mine.id, verdict: 'JUSTIFIED', note });
    expect(again.errors[0]!.extensions['code']).toBe('CHANGE_STATE');
    const unknown = await stack.ask('role-approver', REVIEW, {
      id: randomUUID(),
      verdict: 'JUSTIFIED',
      note,
    });
    expect(unknown.errors[0]!.extensions['code']).toBe('CHANGE_STATE');
  }, 30_000);
  test('is blocked while one that should have been reviewed was not', async () => {
    const lifts = stack.gateway.store.database('access').collection('lifts');
    await lifts.updateOne({ review: null }, { $set: { reviewBy: new Date(Date.now() - 1000) } });
    const answer = await lift('elder-care');
    expect(answer.errors[0]!.extensions['code']).toBe('LIFT_BLOCKED');
    await lifts.deleteMany({});
  });
  test('a person out of reach is the same as one who is unknown: no lift, one answer, and a record of each', async () => {
    const lifts = stack.gateway.store.database('access').collection('lifts');
    const answers = new Set<string>();
    const asked = [randomUUID(), stack.story('stranger').citizenId, stack.story('own-record').citizenId];
    for (const id of asked)
      for (const citizenId of [id, id.toUpperCase()]) {
        const { status, text } = await stack.ask('benefit-caseworker', BREAK, { citizenId, reason });
        answers.add(`${status} ${text.replace(/"requestId":"[^"]*"/g, '')}`);
      }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain('LIFT_OUT_OF_REACH');
    expect(await lifts.countDocuments({ citizenId: { $in: asked } })).toBe(0);
    for (const citizenId of asked)
      expect((await log({ citizenId, decision: 'REFUSE' })).map((entry) => entry.ruleCode)).toContain(
        'LIFT_OUT_OF_REACH',
      );
  });
  test('one a request, however the request is written', async () => {
    const lifts = stack.gateway.store.database('access').collection('lifts');
    const slugs = ['sickness-benefit', 'every-system', 'cash-benefit-family', 'elder-care', 'nothing-known'];
    const field = (slug: string, i: number) =>
      `l${i}: breakGlass(citizenId: "${stack.story(slug).citizenId}", reason: "${reason}") { id }`;
    const plain = `mutation { ${slugs.map(field).join(' ')} }`;
    const spread = `mutation { ...A ... on Mutation { ${field(slugs[1]!, 1)} } }
      fragment A on Mutation { ${field(slugs[0]!, 0)} }`;
    // Between two of them stands a change of another subgraph: the second is a fetch of its own.
    const apart = `mutation { ${field(slugs[2]!, 2)} n: removeFavourite(id: "${stack.story(slugs[0]!).citizenId}") ${field(slugs[3]!, 3)} }`;
    // The first is refused, and no other takes its place.
    const unknown = `mutation { x: breakGlass(citizenId: "${randomUUID()}", reason: "${reason}") { id } ${field(slugs[4]!, 4)} }`;
    for (const [query, made] of [
      [plain, 1],
      [spread, 1],
      [apart, 1],
      [unknown, 0],
    ] as const) {
      const answer = await stack.ask('benefit-caseworker', query);
      expect([query.slice(0, 30), await lifts.countDocuments({})]).toEqual([query.slice(0, 30), made]);
      expect(answer.errors.map(({ extensions }) => extensions['rule'] ?? extensions['code'])).toContain(
        'one in a request',
      );
      await lifts.deleteMany({});
    }
  });
  test('so many a day as the municipality allows, and no more of them at once', async () => {
    const lifts = stack.gateway.store.database('access').collection('lifts');
    await decideSettings({ liftsPerDay: 3 });
    const slugs = ['sickness-benefit', 'every-system', 'cash-benefit-family', 'elder-care', 'nothing-known'];
    const person = { name: 'x', subject: `user-${randomUUID()}`, cvr: KORSBAEK, unit: null, shows: '' };
    const token = await stack.tokenOf({ ...person, jobFunctionRoles: [BENEFIT_ROLE] });
    const ask = (slug: string) =>
      stack.ask('', BREAK, { citizenId: stack.story(slug).citizenId, reason }, { token });
    await until(async () => (await ask('child-at-risk')).errors.length === 0);
    const answers = await Promise.all(slugs.map(ask));
    const codes = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions['code']));
    expect(codes).toEqual(['LIFT_LIMIT', 'LIFT_LIMIT', 'LIFT_LIMIT']);
    expect(await lifts.countDocuments({ subject: person.subject })).toBe(3);
    await decideSettings({ liftsPerDay: 4 });
    await until(async () => (await ask('protected-address')).errors.length === 0);
    const entries = await log({ user: person.subject, decision: 'REFUSE' });
    expect(entries.filter((entry) => entry.ruleCode === 'LIFT_LIMIT').length).toBeGreaterThanOrEqual(3);
    const wrong = await stack.ask('role-admin', DRAFT_SETTINGS, {
      input: {
        ...SETTINGS,
        liftsPerDay: 0,
        revision: (await itemOf(stack, 'SETTINGS', 'settings')).revision,
      },
    });
    expect(wrong.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'liftsPerDay' });
    await decideSettings({ liftsPerDay: 50 });
    await lifts.deleteMany({});
  }, 40_000);
  test('ends by itself', async () => {
    await lift('child-at-risk');
    await until(async () => (await casesOf('child-at-risk')) === 1);
    const access = stack.gateway.store.database('access');
    const soon = new Date(Date.now() + 1500);
    await access.collection('lifts').updateMany({}, { $set: { to: soon } });
    await access
      .collection('versions')
      .updateOne({ _id: KORSBAEK as never }, { $set: { boundaries: [soon] } });
    await until(async () => (await casesOf('child-at-risk')) === 0);
    await access.collection('lifts').deleteMany({});
  }, 30_000);
});

describe('service agreements', () => {
  const agreement = {
    source: 'KSD',
    name: 'Kommunernes Sygedagpengesystem',
    kinds: ['cases', 'documents', 'benefits', 'alerts'],
    kle: ['32.30.*'],
    sensitivity: 'SPECIALLY_PROTECTED',
    staleAfterHours: 8760,
    why: 'Sickness benefit is shown again.',
  };
  test('an ended one gives nothing, and every section of the source says so; an approved one gives again', async () => {
    const { revision } = await itemOf(stack, 'AGREEMENT', 'KSD');
    const target = { kind: 'AGREEMENT', key: 'KSD', revision };
    await must(stack, 'role-admin', END, { target, why: 'The system is being replaced.' });
    const ksd = async () =>
      (await overviewOf('sickness-benefit')).citizen.cases.sources.find(
        (source: any) => source.sourceSystem.code === 'KSD',
      );
    await until(async () => (await ksd()).state === 'NO_AGREEMENT');
    const { citizen } = await overviewOf('sickness-benefit');
    expect(citizen.cases).toMatchObject({ outcome: 'PARTLY', cases: { totalCount: 0 } });
    expect(citizen.benefits.grants.totalCount).toBe(0);
    // The same for a person with nothing in that source.
    expect((await overviewOf('nothing-known')).citizen.cases.sources).toEqual(citizen.cases.sources);

    const ended = await itemOf(stack, 'AGREEMENT', 'KSD');
    await must(stack, 'role-admin', DRAFT_AGREEMENT, { input: { ...agreement, revision: ended.revision } });
    expect((await ksd()).state).toBe('NO_AGREEMENT');
    await enforce(stack, 'AGREEMENT', 'KSD');
    await until(async () => (await ksd()).state === 'CURRENT');
    expect((await overviewOf('sickness-benefit')).citizen.cases.cases.totalCount).toBe(1);
  }, 30_000);
  test('one that is only requested gives nothing and is named', async () => {
    const input = { ...agreement, source: 'NYT_SYSTEM', name: 'Nyt system', revision: 0 };
    await must(stack, 'role-admin', DRAFT_AGREEMENT, { input });
    await must(stack, 'role-admin', DRAFT_SETTINGS, {
      input: { ...SETTINGS, revision: (await itemOf(stack, 'SETTINGS', 'settings')).revision },
    });
    await enforce(stack, 'SETTINGS', 'settings');
    const named = async () =>
      (await overviewOf('sickness-benefit')).citizen.cases.sources.find(
        (source: any) => source.sourceSystem.code === 'NYT_SYSTEM',
      );
    await until(async () => (await named())?.state === 'NO_AGREEMENT');
  }, 30_000);
});

describe('control cases', () => {
  const ask = async (purpose: string | undefined, signIn = 'vip-cleared') => {
    const headers: Record<string, string> = purpose === undefined ? {} : { 'overblik-purpose': purpose };
    const answer = await stack.ask(
      signIn,
      CONTROL,
      { id: stack.story('control-case').citizenId },
      { headers },
    );
    return answer.data.citizen.controlCases;
  };
  test('without a purpose the answer says only that one is needed', async () => {
    const section = await ask(undefined);
    expect(section).toMatchObject({ outcome: 'PARTLY', controlCases: [] });
    expect(
      section.sources.every((source: any) => ['PURPOSE_REQUIRED', 'NO_AGREEMENT'].includes(source.state)),
    ).toBe(true);
    expect((await ask('UDK-8-BENEFIT-CASE')).controlCases).toEqual([]);
  });
  test('with consent: that an active one exists, and whose it is', async () => {
    expect((await ask('UDK-11A-CONSENT')).controlCases).toEqual([
      { owner: { cvr: MOSEKAER, name: 'Mosekær Kommune' }, themes: null, state: null, droppedRecently: null },
    ]);
  });
  test('without consent: theme, step, and what was dropped within six months', async () => {
    expect((await ask('UDK-11A-CONTROL')).controlCases).toEqual([
      {
        owner: { cvr: MOSEKAER, name: 'Mosekær Kommune' },
        themes: ['Enlig'],
        state: 'ARISEN',
        droppedRecently: false,
      },
      {
        owner: { cvr: KORSBAEK, name: 'Korsbæk Kommune' },
        themes: ['Bopæl'],
        state: 'CLOSED',
        droppedRecently: true,
      },
    ]);
  });
  test('without the role: not permitted, whatever the purpose', async () => {
    const section = await ask('UDK-11A-CONTROL', 'benefit-caseworker');
    expect(section).toMatchObject({
      outcome: 'NOT_PERMITTED',
      controlCases: null,
      reason: { code: 'NO_ROLE' },
    });
  });
});

describe('why and why not, for the caseworker', () => {
  test('what is shown names the job function that gives it; a section names the rule', async () => {
    const { citizen } = await overviewOf('sickness-benefit');
    const why = { code: 'PERMITTED', jobFunctionRole: 'Ydelsessagsbehandler' };
    const shown = await whyOf('sickness-benefit');
    expect(shown.cases.cases.edges[0].node.whyShown).toMatchObject({ ...why, role: 'case-read' });
    expect(shown.documents.documents.edges[0].node.whyShown).toMatchObject({ ...why, role: 'document-read' });
    expect(shown.benefits.grants.edges[0].node.whyShown).toMatchObject({ ...why, role: 'benefit-read' });
    expect(citizen.cases.reason).toMatchObject(why);
    const counter = (await overviewOf('sickness-benefit', 'citizen-service')).citizen;
    expect(counter.benefits.reason).toMatchObject({
      code: 'NO_ROLE',
      textDa: 'Din jobfunktion giver ikke adgang til dette.',
    });
    expect(counter.cases.restricted[0].whyNot).toMatchObject({ code: 'KLE' });
  });
});

describe('a case of which only the existence may be known', () => {
  test('says nothing of its sensitivity by the reason', async () => {
    const begun = new Date('2020-01-01T00:00:00Z');
    const key = jobRole(KORSBAEK, 'knows-more-than-reads');
    const content = {
      kind: 'mapping' as const,
      name: 'Vejviser',
      description: '',
      grants: [
        { role: 'citizen-read' },
        { role: 'case-read', kle: ['32.*'], sensitivity: 1 as const },
        { role: 'case-exists', kle: ['32.*'], sensitivity: 2 as const },
      ],
      validFrom: begun,
      validTo: null,
      caseNumber: null,
    };
    await ingestPorts(stack.gateway.store).access.configure([{ cvr: KORSBAEK, key, content }], begun);
    const token = await stack.tokenOf({
      name: 'x',
      subject: 'user-knows',
      cvr: KORSBAEK,
      unit: null,
      jobFunctionRoles: [key],
      shows: '',
    });
    const asked = async () => (await overviewOf('sickness-benefit', 'no-roles', { token })).citizen;
    await until(async () => (await asked()) !== null);
    const { restricted } = (await asked()).cases;
    expect(restricted).toMatchObject([{ area: '32', whyNot: { code: 'RESTRICTED' } }]);
  }, 20_000);
});

describe('the token simulator and the administrator’s why not', () => {
  const SIMULATE = `mutation ($input: SignInInput!, $case: ID!, $document: ID!) {
    simulateSignIn(input: $input) {
      id
      reading { kind subject cvr unit roles { uri scope kle } problems { code } }
      grants { role kle sensitivity jobFunctionRole }
      voids { uri role reason { code textEn } }
      withinReach
      caseSection { outcome visible amount sources { state } }
      documentSection { outcome visible amount }
      benefitSection { outcome visible amount }
      alertSection { outcome visible amount }
      caseImpact { examined visibleAfter namedBefore namedAfter }
      caseDecision(id: $case) { permitted code fact role jobFunctionRole grantKle agreementSource overridable }
      documentDecision(id: $document) { permitted code }
    }
  }`;
  const childCase = async () =>
    (await overviewOf('child-at-risk', 'family-adviser')).citizen.cases.cases.edges[0].node.id;
  const simulate = async (input: object, caseId: string, signIn = 'role-admin') =>
    stack.ask(signIn, SIMULATE, {
      input: { citizenId: stack.story('child-at-risk').citizenId, ...input },
      case: caseId,
      document: randomUUID(),
    });

  test('a user: roles, grants, each section, and which rule decides a case', async () => {
    const id = await childCase();
    const answer = await simulate({ user: 'user-benefit-caseworker' }, id);
    expect(answer.errors).toEqual([]);
    const simulated = answer.data.simulateSignIn;
    expect(simulated.reading).toMatchObject({
      kind: 'USER',
      cvr: KORSBAEK,
      roles: [{ uri: BENEFIT_ROLE, scope: KORSBAEK }],
    });
    expect(simulated.withinReach).toBe(true);
    expect(simulated.caseSection).toMatchObject({ visible: 0, amount: 'NONE' });
    expect(simulated.alertSection).toMatchObject({ visible: 0 });
    expect(simulated.caseDecision).toMatchObject({
      permitted: false,
      code: 'KLE',
      fact: 'kle',
      role: 'case-read',
      jobFunctionRole: 'Ydelsessagsbehandler',
      agreementSource: 'DUBU',
      overridable: true,
    });
    // A document that does not exist and one of another authority are the same.
    expect(simulated.documentDecision).toBeNull();
    const adviser = await simulate({ user: 'user-family-adviser' }, id);
    expect(adviser.data.simulateSignIn).toMatchObject({
      caseSection: { visible: null, amount: 'SOME' },
      documentSection: { visible: null, amount: 'SOME' },
      alertSection: { visible: null, amount: 'SOME' },
      benefitSection: { outcome: 'NOT_PERMITTED', visible: null, amount: null },
      caseDecision: { permitted: true, code: 'PERMITTED' },
    });
    const logged = await log({ event: 'simulated', citizenId: stack.story('child-at-risk').citizenId });
    expect(logged.every((entry) => entry.user === 'user-role-admin')).toBe(true);
    expect(logged.length).toBeGreaterThan(4);
  });
  test('exact figures are given for the municipality’s test persons alone, and those are chosen by two', async () => {
    const id = await childCase();
    const { citizenId } = stack.story('child-at-risk');
    const simulated = async () =>
      (await simulate({ user: 'user-family-adviser' }, id)).data.simulateSignIn as Record<string, any>;
    const bare = (await simulate({ user: 'user-family-adviser', citizenId: null }, id)).data.simulateSignIn;
    const before = await simulated();
    expect(before['caseImpact']).toEqual({ ...bare.caseImpact, namedBefore: 'SOME', namedAfter: 'SOME' });
    const revision = (await itemOf(stack, 'SETTINGS', 'settings'))?.revision ?? 0;
    const drafted = (testPersons: string[]) => ({ input: { ...SETTINGS, testPersons, revision } });
    for (const testPersons of [['x'], Array.from({ length: 51 }, () => randomUUID())]) {
      const refused = await stack.ask('role-admin', DRAFT_SETTINGS, drafted(testPersons));
      expect(refused.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'testPersons' });
    }
    await must(stack, 'role-admin', DRAFT_SETTINGS, drafted([citizenId.toUpperCase()]));
    expect((await simulated())['caseSection']).toMatchObject({ visible: null, amount: 'SOME' });
    await enforce(stack, 'SETTINGS', 'settings');
    expect(await simulated()).toMatchObject({
      caseSection: { visible: 1, amount: 'SOME' },
      documentSection: { visible: 2, amount: 'SOME' },
      caseImpact: { namedBefore: null, namedAfter: null },
    });
    // Settings that say nothing of them leave them as they are; an empty list takes them away.
    await decideSettings({});
    expect((await simulated())['caseSection'].visible).toBe(1);
    await decideSettings({ testPersons: [] });
    expect((await simulated())['caseSection'].visible).toBeNull();
  }, 30_000);
  test.each([
    ['user', { user: 'user\u0085' }],
    ['jobFunctionRoles', { jobFunctionRoles: ['http://a', 'http://b\u0000'] }],
    ['jobFunctionRoles', { jobFunctionRoles: [' '] }],
  ])('a text that is none is refused in %s', async (field, input) => {
    const { errors } = await simulate(input, await childCase());
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field });
  });
  test('a pasted token: what it says, what is wrong with it, and nothing of it anywhere', async () => {
    const token = await stack.token('family-adviser');
    const answer = await simulate({ token }, await childCase());
    const { reading, caseSection } = answer.data.simulateSignIn;
    expect(reading).toMatchObject({
      kind: 'TOKEN',
      subject: 'user-family-adviser',
      problems: [{ code: 'SIGNATURE_NOT_CHECKED' }],
    });
    expect(caseSection).toMatchObject({ visible: null, amount: 'SOME' });
    expect(JSON.stringify(await log({ event: 'simulated' }))).not.toContain(token.slice(-40));
    const foreign = await simulate({ token: await stack.token('other-municipality') }, await childCase());
    expect(foreign.data.simulateSignIn).toMatchObject({
      grants: [],
      reading: { problems: [{ code: 'SIGNATURE_NOT_CHECKED' }, { code: 'OTHER_AUTHORITY' }] },
    });
    const broken = await simulate({ token: 'not.a.token' }, await childCase());
    expect(broken.data.simulateSignIn.reading.problems).toEqual([{ code: 'TOKEN_UNREADABLE' }]);
  });
  test('a privilege list: void parts with their reasons', async () => {
    const list = privileges(
      { scope: scopeOf(KORSBAEK), privilege: jobRole(KORSBAEK, 'family-adviser') },
      { scope: scopeOf(MOSEKAER), privilege: jobRole(KORSBAEK, 'vip-cleared') },
      { scope: scopeOf(KORSBAEK), privilege: 'http://overblik.invalid/unknown' },
      { scope: scopeOf(KORSBAEK), privilege: BENEFIT_ROLE, constraints: { [KLE_CONSTRAINT]: '32.*' } },
    );
    const { data } = await simulate({ privileges: list }, await childCase());
    const voids = data.simulateSignIn.voids.map((entry: any) => [
      entry.uri.split('/').at(-2),
      entry.reason.code,
    ]);
    expect(voids).toContainEqual(['vip-cleared', 'SCOPE_FOREIGN']);
    expect(voids).toContainEqual(['overblik.invalid', 'NO_MAPPING']);
    expect(voids).toContainEqual(['benefit-caseworker', 'CONSTRAINT_NOT_DECLARED']);
    // What the undeclared constraint would have limited is void; what it cannot limit holds.
    const limited = data.simulateSignIn.grants.filter((grant: any) => grant.kle !== null);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited.every((entry: any) => entry.jobFunctionRole === 'Familierådgiver')).toBe(true);
    const refused = await simulate({ privileges: '%%%' }, await childCase());
    expect(refused.data.simulateSignIn.reading.problems).toEqual([{ code: 'PRIVILEGES_NOT_BASE64' }]);
  });
  test.each(['no-roles', 'controller', 'benefit-caseworker', 'role-approver'])(
    'is refused to %s',
    async (signIn) => {
      const answer = await simulate({ user: 'user-vip-cleared' }, randomUUID(), signIn);
      expect(answer.data?.simulateSignIn ?? null).toBeNull();
      expect(answer.errors[0]!.extensions['code']).toBe('NOT_PERMITTED');
    },
  );
  test('an administrator of another authority learns nothing of these records', async () => {
    const token = await stack.tokenOf({
      name: 'admin',
      subject: 'user-admin-mosekaer',
      cvr: MOSEKAER,
      unit: null,
      jobFunctionRoles: [jobRole(MOSEKAER, 'role-admin')],
      shows: '',
    });
    const variables = {
      input: { user: 'staff-mosekaer-service', citizenId: stack.story('child-at-risk').citizenId },
      case: await childCase(),
      document: randomUUID(),
    };
    const { data } = await stack.ask('role-admin', SIMULATE, variables, { token });
    expect(data.simulateSignIn).toMatchObject({
      withinReach: null,
      caseSection: { visible: 0 },
      caseDecision: null,
    });
  });
});

describe('values that come with the sign-in', () => {
  test('a unit from the token limits the grant; without one the grant is void', async () => {
    const uri = jobRole(KORSBAEK, 'unit-reader');
    const grants = [
      { role: 'citizen-read' },
      {
        role: 'http://overblik.invalid/roles/usersystemrole/case-read/1',
        kle: ['*'],
        sensitivity: 'SENSITIVE',
        parametric: ['UNIT'],
      },
      { role: 'http://elsewhere/role/9' },
    ];
    const input = { uri, revision: 0, name: 'Enhedslæser', grants, why: 'Each unit reads its own cases.' };
    const drafted = await must(stack, 'role-admin', DRAFT_MAPPING, { input });
    expect(drafted.data.draftMapping.item.draft.content.mapping.grants).toMatchObject([
      { role: 'citizen-read', void: null },
      { role: 'case-read', parametric: ['UNIT'], void: null },
      { role: 'http://elsewhere/role/9', void: { code: 'UNKNOWN_ROLE' } },
    ]);
    await enforce(stack, 'MAPPING', uri);
    const person = { name: 'x', subject: 'user-unit', cvr: KORSBAEK, shows: '', jobFunctionRoles: [] };
    const listed = (constraints?: Record<string, string>) =>
      privileges({ scope: scopeOf(KORSBAEK), privilege: uri, ...(constraints && { constraints }) });
    const family = unitId(KORSBAEK, 'family');
    const seen = async (unit: string | null, list: string) => {
      const token = await stack.tokenOf({ ...person, unit, privileges: list });
      const { citizen } = await overviewOf('every-system', 'no-roles', { token });
      if (citizen === null) return 'NOBODY';
      return (
        citizen.cases.cases?.edges.map(({ node }: any) => node.sourceSystem.code) ?? citizen.cases.outcome
      );
    };
    await until(async () => (await seen(family, listed())) !== 'NOBODY');
    expect(await seen(null, listed({ [UNIT_CONSTRAINT]: family }))).toEqual(['DUBU']);
    expect(await seen(family, listed())).toEqual(['DUBU']);
    expect(await seen(unitId(KORSBAEK, 'sickness'), listed())).toEqual(['KSD']);
    expect(await seen(null, listed())).toBe('NOT_PERMITTED');
    // A constraint the mapping does not take would be dropped otherwise.
    expect(await seen(family, listed({ [KLE_CONSTRAINT]: '27.*' }))).toBe('NOT_PERMITTED');
  }, 30_000);
});

describe('bad input changes nothing, names field and rule, and is in the log', () => {
  const grant = { role: 'case-read', kle: ['32.*'], sensitivity: 'CONFIDENTIAL' };
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  test.each<[string, object, string]>([
    ['a validity that ends before it begins', { validFrom: at(10), validTo: at(5) }, 'validTo'],
    ['a validity that is over', { validFrom: at(-10), validTo: at(-5) }, 'validTo'],
    ['10,000 KLE values', { grants: [{ ...grant, kle: Array(10_000).fill('32.*') }] }, 'grants'],
    ['501 KLE values', { grants: [{ ...grant, kle: Array(501).fill('32.*') }] }, 'grants.0.kle'],
    ['another authority', { cvr: MOSEKAER }, 'cvr'],
    ['no system role', { grants: [] }, 'grants'],
    [
      'a missing compulsory KLE constraint',
      { grants: [{ role: 'case-read', sensitivity: 'CONFIDENTIAL' }] },
      'grants.0',
    ],
    ['an empty compulsory KLE constraint', { grants: [{ ...grant, kle: [] }] }, 'grants.0.kle'],
    ['a missing sensitivity', { grants: [{ role: 'case-read', kle: ['32.*'] }] }, 'grants.0'],
    ['a malformed KLE value', { grants: [{ ...grant, kle: ['32..*'] }] }, 'grants.0.kle'],
    ['a KLE number the classification lacks', { grants: [{ ...grant, kle: ['32.99.99'] }] }, 'grants.0.kle'],
    [
      'a unit of another authority',
      { grants: [{ ...grant, units: [unitId(MOSEKAER, 'family')] }] },
      'grants.0.units',
    ],
    ['an unknown unit', { grants: [{ ...grant, units: [randomUUID()] }] }, 'grants.0.units'],
    ['an unknown source system', { grants: [{ ...grant, systems: ['NOWHERE'] }] }, 'grants.0.systems'],
    ['a constraint the role has not', { grants: [{ role: 'citizen-read', kle: ['32.*'] }] }, 'grants.0'],
    [
      'a value beside a parametric one',
      { grants: [{ ...grant, parametric: ['KLE'] }] },
      'grants.0.parametric',
    ],
    ['a parametric source system', { grants: [{ ...grant, parametric: ['SYSTEM'] }] }, 'grants.0.parametric'],
    ['no name', { name: '  ' }, 'name'],
    ['a reason of nine characters', { why: 'too short' }, 'why'],
  ])('%s', async (_says, change, field) => {
    const before = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    const input = { ...(await mappingInput(stack)), ...change };
    const answer = await stack.ask('role-admin', DRAFT_MAPPING, { input });
    expect(answer.errors.map((error) => [error.extensions['code'], error.extensions['field']])).toEqual([
      ['BAD_INPUT', field],
    ]);
    expect(answer.errors[0]!.extensions['rule']).toEqual(expect.any(String));
    expect(await itemOf(stack, 'MAPPING', BENEFIT_ROLE)).toEqual(before);
    const [entry] = await log({ event: 'access-changed' });
    expect(entry).toMatchObject({ user: 'user-role-admin', decision: 'REFUSE', ruleCode: 'BAD_INPUT' });
  });
  test('one’s own proposal is not approved, whatever roles one has', async () => {
    const both = {
      name: 'both',
      subject: 'user-both',
      cvr: KORSBAEK,
      unit: null,
      shows: '',
      jobFunctionRoles: [jobRole(KORSBAEK, 'role-admin'), jobRole(KORSBAEK, 'role-approver')],
    };
    const token = await stack.tokenOf(both);
    const revision = Number((await itemOf(stack, 'SETTINGS', 'settings')).revision);
    await stack.ask('x', DRAFT_SETTINGS, { input: { ...SETTINGS, revision } }, { token });
    const target = { kind: 'SETTINGS', key: 'settings', revision: revision + 1 };
    const propose =
      'mutation ($target: ChangeTarget!) { proposeChange(target: $target) { item { revision proposal { digest } } } }';
    const proposed = await stack.ask('role-admin', propose, { target });
    const { digest } = proposed.data.proposeChange.item.proposal;
    const approve = `mutation ($target: ChangeTarget!, $digest: String!) {
      approveChange(target: $target, digest: $digest) { outcome } }`;
    // Drafted by the one, proposed by another: still nobody's own to approve.
    const answer = await stack.ask(
      'x',
      approve,
      { target: { ...target, revision: revision + 2 }, digest },
      { token },
    );
    expect(answer.errors[0]!.extensions['code']).toBe('OWN_PROPOSAL');
    const fine = await stack.ask('role-approver', approve, {
      target: { ...target, revision: revision + 2 },
      digest,
    });
    expect(fine.data.approveChange.outcome).toBe('DONE');
  });
  test('versions that would lie across each other in time are refused', async () => {
    await must(stack, 'role-admin', DRAFT_MAPPING, { input: await mappingInput(stack) });
    await enforce(stack, 'MAPPING', BENEFIT_ROLE, new Date(Date.now() + 3_600_000));
    await must(stack, 'role-admin', DRAFT_MAPPING, { input: await mappingInput(stack) });
    await expect(enforce(stack, 'MAPPING', BENEFIT_ROLE, new Date(Date.now() + 1_800_000))).rejects.toThrow(
      /activeFrom/,
    );
    await expect(enforce(stack, 'MAPPING', BENEFIT_ROLE, new Date(Date.now() - 1000))).rejects.toThrow();
  });
  test('four named persons would single somebody out', async () => {
    const { revision } = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    const citizenIds = stack.gateway
      .stories()
      .slice(0, 4)
      .map((story) => story.citizenId);
    const target = { kind: 'MAPPING', key: BENEFIT_ROLE, revision };
    const answer = await stack.ask('role-admin', PREVIEW, { target, citizenIds });
    expect(answer.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'citizenIds' });
  });
});
