import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT, importJWK } from 'jose';
import { DEVELOPMENT_ISSUER } from '../../../seed/development/identity-provider.js';
import {
  OVERVIEW,
  SEARCH,
  startAllInOne,
  startDistributed,
  startProcess,
  type Stack,
} from '../../kit/stack.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { KORSBAEK } from '../../../seed/authorities.js';
import { SIGN_INS } from '../../../seed/development/sign-ins.js';
import { must } from '../../kit/administration.js';

const LOOK_UP = '3f1d2c0a-7b1e-4a55-9f0e-2f6c1d9b8a77';

/** The four questions that tell a toy from a product, on both ways of running. */
describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
])('four questions, %s', (_mode, startStack) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const log = async (filter: object = {}) => {
    const query = `query($filter: AuditFilter) { auditLog(first: 50, filter: $filter) { edges { node {
      user event decision permission ruleCode operation purpose requestId lookupId citizenId objects kle rights criteria { name value }
      parts { permission objects kle rights } } } } }`;
    const answer = await stack.ask('controller', query, { filter });
    expect(answer.errors).toEqual([]);
    return answer.data.auditLog.edges.map((edge: any) => edge.node);
  };

  /** Everything that entries say was shown of a person: the entries themselves and the parts of the opened. */
  const shownOf = (entries: any[], citizenId: string) =>
    entries
      .filter((entry) => entry.citizenId === citizenId && entry.decision === 'PERMIT')
      .flatMap((entry) => [entry, ...entry.parts]);

  test('1. stop one subgraph: its section says so, the rest is there', async () => {
    await stack.stop('documents');
    const answer = await stack.ask('benefit-caseworker', OVERVIEW, {
      id: stack.story('sickness-benefit').citizenId,
    });
    await stack.start('documents');
    expect(answer.data.citizen.documents).toBeNull();
    expect(answer.errors.map((error) => [error.path, error.extensions['code']])).toEqual([
      [['citizen', 'documents'], 'SECTION_UNAVAILABLE'],
    ]);
    expect(answer.data.citizen.cases.cases.totalCount).toBe(1);
    const again = await stack.ask('benefit-caseworker', OVERVIEW, {
      id: stack.story('sickness-benefit').citizenId,
    });
    expect(again.errors).toEqual([]);
    expect(again.data.citizen.documents.documents.totalCount).toBe(2);
  });

  test('2. an expired token: refused, with a request id and nothing else', async () => {
    const { identityProvider } = await developmentKeys(stack.directory);
    const signIn = SIGN_INS[0]!;
    const past = Math.floor(Date.now() / 1000) - 7200;
    const expired = await new SignJWT({ cvr: signIn.cvr, job_function_roles: [...signIn.jobFunctionRoles] })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: identityProvider.kid! })
      .setIssuer(DEVELOPMENT_ISSUER)
      .setAudience('overblik')
      .setSubject('user')
      .setJti('expired-token')
      .setIssuedAt(past)
      .setExpirationTime(past + 3600)
      .sign(await importJWK(identityProvider, 'ES256'));
    const answer = await stack.ask('', OVERVIEW, { id: stack.story('dead').citizenId }, { token: expired });
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toEqual({
      errors: [
        {
          message: 'Sign in to continue.',
          extensions: { code: 'UNAUTHENTICATED', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        },
      ],
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('3. a protected citizen: the address is withheld on every road, and the extra step is logged', async () => {
    const { citizenId, cpr } = stack.story('protected-address');
    const line = 'Eventyrstræde 6,';
    const answer = await stack.ask('benefit-caseworker', OVERVIEW, { id: citizenId });
    expect(answer.data.citizen.badges).toEqual(['PROTECTED_ADDRESS']);
    expect(answer.data.citizen.address).toMatchObject({
      outcome: 'AVAILABLE',
      visibility: 'PROTECTED',
      current: null,
      history: null,
    });
    expect(answer.data.citizen.household).toMatchObject({ visibility: 'PROTECTED', members: null });
    const hit = await stack.ask('benefit-caseworker', SEARCH, { criteria: { cprNumber: cpr } });
    for (const { text } of [answer, hit]) expect(text).not.toContain(line);
    const step = await stack.ask(
      'benefit-caseworker',
      'query Step($id: ID!) { citizen(id: $id) { protectedAddress { line } } }',
      { id: citizenId },
    );
    expect(step.data.citizen.protectedAddress.line).toContain(line);
    expect(await log({ requestId: step.headers.get('overblik-request') })).toContainEqual(
      expect.objectContaining({
        event: 'protected-address-revealed',
        decision: 'PERMIT',
        citizenId,
        user: 'user-benefit-caseworker',
      }),
    );
    const direct = await stack.ask('family-adviser', OVERVIEW, { id: citizenId });
    expect(direct.data.citizen.address).toMatchObject({
      visibility: 'SHOWN',
      current: { line: expect.stringContaining(line) },
    });
  });
  describe('4. read the log', () => {
    test('an opened person and every section read are in it, with who, what and why', async () => {
      const { citizenId } = stack.story('every-system');
      const answer = await stack.ask(
        'benefit-caseworker',
        OVERVIEW,
        { id: citizenId },
        { headers: { 'overblik-purpose': 'UDK-8-BENEFIT-CASE', 'overblik-lookup': LOOK_UP } },
      );
      const entries = await log({ requestId: answer.headers.get('overblik-request') });
      expect(await log({ lookupId: LOOK_UP })).toEqual(entries);
      expect(entries).toContainEqual(
        expect.objectContaining({
          user: 'user-benefit-caseworker',
          event: 'opened',
          decision: 'PERMIT',
          permission: 'citizen-read',
          operation: 'CitizenOverview',
          purpose: 'UDK-8-BENEFIT-CASE',
          lookupId: LOOK_UP,
          citizenId,
          rights: ['citizen-read'],
        }),
      );
      const shown = shownOf(entries, citizenId);
      for (const permission of ['case-read', 'document-read', 'benefit-read', 'alert-read', 'remark-read'])
        expect(shown).toContainEqual(expect.objectContaining({ permission, rights: expect.any(Array) }));
      const cases = shown.find(({ permission, objects }) => permission === 'case-read' && objects.length > 0);
      expect(cases.kle).toEqual(expect.arrayContaining(['32.30.04', '32.24.04']));
      expect(JSON.stringify(entries)).not.toContain(stack.story('every-system').name);
    });
    test('a refused look-up has its entry with the id that was asked for', async () => {
      const { citizenId } = stack.story('stranger');
      const answer = await stack.ask('benefit-caseworker', OVERVIEW, { id: citizenId });
      expect(answer.data.citizen).toBeNull();
      expect(await log({ requestId: answer.headers.get('overblik-request') })).toEqual([
        expect.objectContaining({
          event: 'opened',
          decision: 'REFUSE',
          ruleCode: 'NOT_WITHIN_RIGHTS',
          citizenId,
          objects: [citizenId],
        }),
      ]);
      const noRole = await stack.ask('no-roles', OVERVIEW, { id: citizenId });
      expect(await log({ requestId: noRole.headers.get('overblik-request') })).toEqual([
        expect.objectContaining({ decision: 'REFUSE', ruleCode: 'NO_ROLE', rights: [] }),
      ]);
    });
    test('a search is logged with its criteria, and appearing in a list is not being opened', async () => {
      const { name, citizenId } = stack.story('missing');
      const found = await stack.ask('benefit-caseworker', SEARCH, { criteria: { name } });
      const entries = await log({ requestId: found.headers.get('overblik-request') });
      expect(entries.map((entry: any) => entry.event).sort()).toEqual(['listed', 'searched']);
      expect(entries.find((entry: any) => entry.event === 'searched').criteria).toEqual([
        { name: 'name', value: name },
      ]);
      expect(entries.find((entry: any) => entry.event === 'listed').citizenId).toBe(citizenId);
      const nothing = await stack.ask('benefit-caseworker', SEARCH, {
        criteria: { name: 'Findesikke Nogetsteds' },
      });
      expect(await log({ requestId: nothing.headers.get('overblik-request') })).toEqual([
        expect.objectContaining({
          event: 'searched',
          criteria: [{ name: 'name', value: 'Findesikke Nogetsteds' }],
        }),
      ]);
    });
    test('the log is its own authority’s, needs its own right, and reading it is logged', async () => {
      const refused = await stack.ask('benefit-caseworker', '{ auditLog { edges { node { id } } } }');
      expect(refused.data).toEqual({ auditLog: null });
      await stack.ask('other-municipality', SEARCH, { criteria: { name: 'Nabo Nabosen' } });
      const all = await log();
      expect(all.some((entry: any) => entry.user === 'user-other-municipality')).toBe(false);
      expect(all).toContainEqual(expect.objectContaining({ event: 'log-read', user: 'user-controller' }));
    });
    test('the controller sees that it is whole, for the own authority, and nobody else may look', async () => {
      const STATUS = `{ auditStatus { at entries chains { writer entries proven lastAt } faults { place fault } } }`;
      const { data } = await must(stack, 'controller', STATUS, {});
      const { entries, chains, faults } = data.auditStatus;
      expect(faults).toEqual([]);
      expect(entries).toBe(chains.reduce((sum: number, chain: any) => sum + Number(chain.entries), 0));
      const all = await stack.gateway.store
        .database('audit')
        .collection('entries')
        .countDocuments({ cvr: KORSBAEK });
      // Looking has an entry of its own, written after the walk.
      expect(entries).toBeLessThan(all);
      expect(entries).toBeGreaterThan(10);
      expect(await log({ event: 'log-verified' })).toHaveLength(1);
      const refused = await stack.ask('benefit-caseworker', STATUS);
      expect(refused.data).toEqual({ auditStatus: null });
    });
    test('npm run audit:verify proves it whole', async () => {
      const program = startProcess('programs/verify-audit.js', {
        DATA_DIR: stack.directory,
        OVERBLIK_MODE: 'development',
        MONGODB_URI: stack.gateway.store.uri,
        MONGODB_DATABASE_PREFIX: stack.gateway.store.databasePrefix,
      });
      expect(await program.says(/The log (is whole|has)[^\n]*/)).toBe('The log is whole.');
      await program.kill();
    });
  });
});
