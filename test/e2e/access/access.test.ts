import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGatewayProcess } from '../../../programs/wiring/gateway-process.js';
import { gatewaySettingsShape } from '../../../programs/settings.js';
import {
  APPROVE,
  AWAITING,
  BENEFIT_ROLE,
  DRAFT_MAPPING,
  PREVIEW,
  PREVIEW_PROPOSAL,
  PROPOSE,
  REJECT,
  UNDO,
  WITHDRAW,
  enforce,
  itemOf,
  mappingInput,
  must,
  until,
} from '../../kit/administration.js';
import { ACCESS_TIMEOUT_MS, OVERVIEW, startAllInOne, startDistributed, type Stack } from '../../kit/stack.js';

const STEPS = `query Log($filter: AuditFilter) {
  auditLog(filter: $filter, first: 50) { edges { node { user event decision ruleCode objects criteria { name value } rights } } }
}`;

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
] as const)('administration, %s', (_mode, start) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await start();
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const target = async (revision?: number) => {
    const item = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    return { kind: 'MAPPING', key: BENEFIT_ROLE, revision: revision ?? item.revision };
  };
  const casesSeen = async (): Promise<number> => {
    const { citizenId } = stack.story('sickness-benefit');
    const { data } = await must(stack, 'benefit-caseworker', OVERVIEW, { id: citizenId });
    return data.citizen.cases.cases.totalCount;
  };
  const draft = async (change: (grants: any[]) => any[]) => {
    const input = await mappingInput(stack);
    return must(stack, 'role-admin', DRAFT_MAPPING, { input: { ...input, grants: change(input.grants) } });
  };
  const withoutSickness = (grants: any[]) =>
    grants.map((grant) =>
      grant.role === 'case-read'
        ? { ...grant, kle: grant.kle.filter((kle: string) => kle !== '32.30.*') }
        : grant,
    );

  test('before a municipality has chosen its settings the defaults hold, and administrators alone read them', async () => {
    const SETTINGS =
      '{ settingsInForce { sessionIdleMinutes liftMinutes ownRecord remarkTypes sectionsOff } }';
    expect(await itemOf(stack, 'SETTINGS', 'settings')).toBeNull();
    for (const signIn of ['role-admin', 'role-approver'])
      expect((await must(stack, signIn, SETTINGS, {})).data.settingsInForce).toMatchObject({
        sessionIdleMinutes: 30,
        liftMinutes: 60,
        ownRecord: 'REFUSE',
        sectionsOff: [],
      });
    expect((await stack.ask('benefit-caseworker', SETTINGS)).data).toEqual({ settingsInForce: null });
  });

  test('units, users and classification are chosen from by those who choose, and by nobody else', async () => {
    const CHOICES = '{ organisationUnits { id } colleagues { id } kleBranches { number } }';
    const none = { organisationUnits: null, colleagues: null, kleBranches: null };
    for (const signIn of ['role-admin', 'role-approver', 'alert-admin', 'benefit-caseworker', 'controller']) {
      const { data } = await must(stack, signIn, CHOICES, {});
      for (const list of Object.values(data)) expect((list as unknown[]).length).toBeGreaterThan(3);
    }
    expect((await stack.ask('no-roles', CHOICES)).data).toEqual(none);
  });

  test('users are named to those who ask for them by id', async () => {
    const { data } = await must(stack, 'benefit-caseworker', '{ me { name } }', {});
    const NAMED = 'query Named($ids: [ID!]) { colleagues(ids: $ids) { id name } }';
    const ids = ['user-benefit-caseworker', 'nobody'];
    expect((await must(stack, 'controller', NAMED, { ids })).data.colleagues).toEqual([
      { id: 'user-benefit-caseworker', name: data.me.name },
    ]);
    const many = Array.from({ length: 101 }, (_, i) => `user-${i}`);
    const { errors } = await stack.ask('controller', NAMED, { ids: many });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'ids' });
  });

  test('everybody knows the own name, and whoever chooses among colleagues theirs', async () => {
    for (const signIn of ['controller', 'no-roles', 'benefit-caseworker'])
      expect((await stack.ask(signIn, '{ me { name } }')).data.me.name).toMatch(/^\p{Lu}\p{L}+ \p{Lu}/u);
    const { data } = await must(stack, 'benefit-caseworker', '{ me { name } colleagues { id name } }', {});
    const names = new Map(data.colleagues.map(({ id, name }: any) => [id, name]));
    expect(names.get('user-benefit-caseworker')).toBe(data.me.name);
    expect(data.me.name).toBe(stack.story('own-record').name);
    expect([...names.values()].filter((name) => name === null)).toEqual([]);
  });

  test('a mapping is drafted, previewed, proposed, approved by another, works within seconds, and is undone', async () => {
    expect(await casesSeen()).toBe(1);
    const { data } = await draft(withoutSickness);
    expect(data.draftMapping).toMatchObject({ outcome: 'DONE', item: { draft: { by: 'user-role-admin' } } });
    expect(await casesSeen()).toBe(1);

    const refused = await stack.ask('role-admin', PROPOSE, { target: await target() });
    expect(refused.errors[0]!.extensions['code']).toBe('PREVIEW_REQUIRED');
    const stories = stack.gateway
      .stories()
      .slice(0, 10)
      .map((story) => story.citizenId);
    const preview = await must(stack, 'role-admin', PREVIEW, { target: await target(), citizenIds: stories });
    const { caseImpact, documentImpact, benefitImpact, holders } = preview.data.previewChange;
    expect(holders).toBe(37);
    expect(caseImpact).toMatchObject({ whole: true, gained: [] });
    expect(caseImpact.lost.length).toBeGreaterThan(0);
    expect(caseImpact.visibleBefore - caseImpact.visibleAfter).toBe(caseImpact.groups[0].lost);
    expect(caseImpact.groups).toEqual([expect.objectContaining({ kleGroup: '32', gained: 0 })]);
    expect(caseImpact.refusedBy.map((refusal: any) => refusal.code)).toContain('KLE');
    // What is filed on a hidden case is hidden with it; benefits go by their own right.
    expect(documentImpact.visibleAfter).toBeLessThan(documentImpact.visibleBefore);
    expect(benefitImpact.visibleAfter).toBe(benefitImpact.visibleBefore);

    await must(stack, 'role-admin', PROPOSE, { target: await target() });
    const proposed = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    const { digest } = proposed.proposal;
    // Whoever decides finds it, and sees the figures its maker had to look at; nothing changes by that.
    const awaiting = await must(stack, 'role-approver', AWAITING, {});
    expect(awaiting.data.awaitingApproval.edges).toEqual([
      { node: { kind: 'MAPPING', key: BENEFIT_ROLE, proposal: { why: proposed.proposal.why } } },
    ]);
    const seen = await must(stack, 'role-approver', PREVIEW_PROPOSAL, { target: await target() });
    expect(seen.data.previewProposal).toEqual({ holders, caseImpact });
    const stranger = await stack.ask('benefit-caseworker', PREVIEW_PROPOSAL, { target: await target() });
    expect(stranger.data.previewProposal).toBeNull();
    expect((await stack.ask('benefit-caseworker', AWAITING, {})).data.awaitingApproval).toBeNull();
    const own = await stack.ask('role-admin', APPROVE, { target: await target(), digest });
    expect(own.errors[0]!.extensions['code']).toBe('NOT_PERMITTED');
    const other = await stack.ask('role-approver', APPROVE, { target: await target(), digest: 'another' });
    expect(other.errors[0]!.extensions['code']).toBe('PROPOSAL_CHANGED');
    expect(await casesSeen()).toBe(1);

    await must(stack, 'role-approver', APPROVE, { target: await target(), digest });
    await until(async () => (await casesSeen()) === 0);
    const active = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    expect(active.versions.map((version: any) => version.state)).toEqual(['ACTIVE', 'SUPERSEDED']);
    expect(active.current).toMatchObject({ proposedBy: 'user-role-admin', approvedBy: 'user-role-approver' });

    const why = 'The counter could not answer any more.';
    await must(stack, 'role-admin', UNDO, { target: await target(), why });
    await until(async () => (await casesSeen()) === 1);
    const undone = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    expect(undone.versions.map((version: any) => [version.state, version.undoneWhy])).toEqual([
      ['UNDONE', why],
      ['ACTIVE', null],
    ]);
    const twice = await stack.ask('role-admin', UNDO, { target: await target(), why });
    expect(twice.errors[0]!.extensions['code']).toBe('CHANGE_STATE');
  }, 60_000);

  test('every step is in the log, the refused ones with their reason', async () => {
    const { data } = await must(stack, 'controller', STEPS, { filter: { event: 'access-changed' } });
    const steps = data.auditLog.edges
      .map(({ node }: any) => [node.user, node.criteria[0].value, node.decision, node.ruleCode])
      .reverse();
    expect(steps).toEqual([
      ['user-role-admin', 'draft', 'PERMIT', null],
      ['user-role-admin', 'propose', 'PERMIT', null],
      ['user-role-admin', 'propose', 'REFUSE', 'PREVIEW_REQUIRED'],
      ['user-role-admin', 'propose', 'PERMIT', null],
      ['user-role-admin', 'approve', 'REFUSE', 'NO_ROLE'],
      ['user-role-approver', 'approve', 'PERMIT', null],
      ['user-role-approver', 'approve', 'REFUSE', 'PROPOSAL_CHANGED'],
      ['user-role-approver', 'approve', 'PERMIT', null],
      ['user-role-admin', 'undo', 'PERMIT', null],
      ['user-role-admin', 'undo', 'PERMIT', null],
      ['user-role-admin', 'undo', 'REFUSE', 'CHANGE_STATE'],
    ]);
    expect(data.auditLog.edges[0].node.objects).toEqual([`mapping|${BENEFIT_ROLE}`]);
    const simulated = await must(stack, 'controller', STEPS, { filter: { event: 'simulated' } });
    expect(simulated.data.auditLog.edges.length).toBeGreaterThan(3);
  });

  test('a version takes effect at its time by itself', async () => {
    await draft(withoutSickness);
    await enforce(stack, 'MAPPING', BENEFIT_ROLE, new Date(Date.now() + 3000));
    const scheduled = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    expect(scheduled.versions[0].state).toBe('SCHEDULED');
    expect(await casesSeen()).toBe(1);
    await until(async () => (await casesSeen()) === 0);
    await must(stack, 'role-approver', UNDO, { target: await target(), why: 'Back to how it was.' });
    await until(async () => (await casesSeen()) === 1);
  }, 30_000);

  test('whoever started from an older revision gets both versions, and nothing is changed', async () => {
    const first = await mappingInput(stack);
    await must(stack, 'role-admin', DRAFT_MAPPING, { input: { ...first, name: 'First' } });
    const { data } = await must(stack, 'role-admin', DRAFT_MAPPING, { input: { ...first, name: 'Second' } });
    expect(data.draftMapping).toMatchObject({
      outcome: 'STALE',
      item: { draft: { content: { mapping: { name: 'First' } } } },
      submitted: { mapping: { name: 'Second' } },
    });
    const item = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    expect(item.draft.content.mapping.name).toBe('First');
  });

  test('a proposal is withdrawn, rejected with a reason, and gone when its draft is rewritten', async () => {
    await must(stack, 'role-admin', PREVIEW, { target: await target() });
    await must(stack, 'role-admin', PROPOSE, { target: await target() });
    await must(stack, 'role-admin', WITHDRAW, { target: await target() });
    await must(stack, 'role-admin', PROPOSE, { target: await target() });
    const why = 'The area of the jobs is missing.';
    const { data } = await must(stack, 'role-approver', REJECT, { target: await target(), why });
    expect(data.rejectChange.item).toMatchObject({ proposal: null, draft: { rejectedWhy: why } });

    await must(stack, 'role-admin', PROPOSE, { target: await target() });
    const { revision, proposal } = await itemOf(stack, 'MAPPING', BENEFIT_ROLE);
    await must(stack, 'role-admin', DRAFT_MAPPING, {
      input: { ...(await mappingInput(stack)), name: 'Rewritten' },
    });
    const late = await must(stack, 'role-approver', APPROVE, {
      target: await target(revision),
      digest: proposal.digest,
    });
    expect(late.data.approveChange.outcome).toBe('STALE');
    const changed = await stack.ask('role-approver', APPROVE, {
      target: await target(),
      digest: proposal.digest,
    });
    expect(changed.errors[0]!.extensions['code']).toBe('CHANGE_STATE');
    const gone = await stack.ask('role-approver', PREVIEW_PROPOSAL, { target: await target() });
    expect(gone.errors[0]!.extensions['code']).toBe('CHANGE_STATE');
    expect((await must(stack, 'role-approver', AWAITING, {})).data.awaitingApproval.edges).toEqual([]);
  });
});

test('a change reaches every running gateway, not only the one it was made through', async () => {
  const stack = await startAllInOne();
  const second = await startGatewayProcess(
    gatewaySettingsShape.parse({
      OVERBLIK_MODE: 'development',
      DATA_DIR: stack.directory,
      MONGODB_URI: stack.gateway.store.uri,
      MONGODB_DATABASE_PREFIX: stack.gateway.store.databasePrefix,
      PORT: '0',
      SUBGRAPH_TIMEOUT_MS: '15000',
      LOG_LEVEL: 'silent',
      SEED_CITIZENS: '0',
    }),
    { onSeedProgress: () => undefined, accessTimeoutMs: ACCESS_TIMEOUT_MS },
  );
  try {
    await second.prepared;
    const { citizenId } = stack.story('sickness-benefit');
    const seenThroughSecond = async (): Promise<number | undefined> => {
      const response = await fetch(`${second.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await stack.token('benefit-caseworker')}`,
        },
        body: JSON.stringify({
          query: OVERVIEW,
          operationName: 'CitizenOverview',
          variables: { id: citizenId },
        }),
      });
      // A busy machine may leave a question unanswered; then there is nothing to compare yet.
      return (await response.json()).data?.citizen?.cases?.cases?.totalCount;
    };
    await until(async () => (await seenThroughSecond()) === 1);
    const input = await mappingInput(stack);
    const grants = input.grants.map((grant: any) =>
      grant.role === 'case-read' ? { ...grant, kle: ['32.24.*'] } : grant,
    );
    await must(stack, 'role-admin', DRAFT_MAPPING, { input: { ...input, grants } });
    await enforce(stack, 'MAPPING', BENEFIT_ROLE);
    await until(async () => (await seenThroughSecond()) === 0);
  } finally {
    await second.close();
    await stack[Symbol.asyncDispose]();
  }
}, 120_000);
