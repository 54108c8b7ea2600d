import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { operationId } from '../../../schema/operation-id.js';
import { readSchemaFile } from '../../../schema/sdl.js';
import { developmentSamlKeys } from '../../../seed/development/saml-keys.js';
import {
  startDevelopmentProvider,
  type DevelopmentProvider,
} from '../../../seed/development/saml-provider.js';
import { newKey, publicKey } from '../../../subgraphs/shared/settings/keys.js';
import { Agent } from '../../kit/agent.js';
import { responseAt } from '../../kit/saml-sign-in.js';
import { freePort, startProcess, type Program } from '../../kit/stack.js';
import { temporaryDirectory } from '../../kit/store.js';

/**
 * The first day as an operator has it: an empty directory, an empty environment, one file; production, with the store in a process
 * of its own. Nothing of the seed is there; the identity provider and the source systems are outside parties.
 */
const CVR = '12345678';
const CPR_NUMBER = '0606907211';
const CASE = randomUUID();
const role = (name: string) => `http://korsbaek.example/roles/jobrole/${name}/1`;
const signIn = (name: string, ...roles: string[]) => ({
  ...{ name, subject: `the-${name}`, cvr: CVR, unit: null, shows: '' },
  jobFunctionRoles: roles.map(role),
});
const SIGN_INS = [signIn('caseworker', 'caseworker'), signIn('controller', 'controller')];

let directory: string;
let remove: () => void;
let url: string;
let provider: DevelopmentProvider;
let settings: Record<string, string>;
let keys: { cpr: JWK; ksd: JWK };
const running: Program[] = [];
const ids = { CPR: randomUUID(), KSD: randomUUID() };

const start = (program: string, ...args: string[]): Program => {
  const started = startProcess(`programs/${program}.js`, settings, [], args);
  running.push(started);
  return started;
};
const ended = (program: Program) =>
  new Promise<number | null>((resolve) => {
    if (program.child.exitCode === null) program.child.once('exit', resolve);
    else resolve(program.child.exitCode);
  });

beforeAll(async () => {
  ({ path: directory, remove } = temporaryDirectory());
  const outside = join(directory, 'outside');
  mkdirSync(outside);
  const saml = await developmentSamlKeys(outside);
  const port = String(await freePort());
  url = `http://127.0.0.1:${port}`;
  provider = await startDevelopmentProvider({
    ...{ port: 0, keys: saml, signIns: SIGN_INS, names: {}, production: false },
    ...{ serviceUrl: () => url, now: () => new Date() },
  });
  keys = { cpr: await newKey(), ksd: await newKey() };
  settings = { OVERBLIK_MODE: 'production' };
  const secrets = start('keys');
  await secrets.says(/CURSOR_KEY=\S+/);
  await ended(secrets);
  const made = secrets
    .output()
    .trim()
    .split('\n')
    .map((line) => /^(\w+)=(.*)$/.exec(line)!.slice(1));
  // Secrets stand in files, as an operator keeps them.
  for (const [name, value] of [
    ...made,
    ['SAML_KEY', saml.service.key],
    ['SAML_CERTIFICATE', saml.service.certificate],
  ]) {
    writeFileSync(join(directory, name!), `${value!}\n`, { mode: 0o600 });
    settings[`${name!}_FILE`] = join(directory, name!);
  }
  settings = {
    ...{ ...settings, DATA_DIR: join(directory, 'data'), STORE_EMBEDDED_IN_PRODUCTION: 'yes' },
    ...{ PORT: port, PUBLIC_URL: url, OPERATIONS_PORT: '0', JUMP_HOSTS: 'ksd.example.org' },
  };
}, 60_000);
afterAll(async () => {
  await Promise.all(running.map((program) => program.kill()));
  await provider.close();
  remove();
});

function fileOfTheMunicipality(): string {
  const [{ name: _name, cvr: _cvr, ...known } = {}] = provider.providers as any[];
  const kle = ['32.30.*'];
  const reads = ['case-read', 'note-read'].map((role) => ({ role, kle, sensitivity: 'SENSITIVE' }));
  const agreement = (source: string, kinds: string[]) => ({
    ...{ source, name: source, kinds, kle: ['*'], sensitivity: 'SPECIALLY_PROTECTED', staleAfterHours: 24 },
  });
  const mapping = (name: string, grants: object[]) => ({ uri: role(name), name, grants });
  const system = (code: 'CPR' | 'KSD', key: JWK) => {
    const { kty, crv, x, y, kid } = publicKey(key);
    return { id: ids[code], code, name: code, keys: [{ kty, crv, x, y, kid }] };
  };
  const file = {
    format: 1,
    authorities: [
      {
        ...{ cvr: CVR, name: 'Korsbæk Kommune', municipalityCode: '0999', domain: 'korsbaek.example' },
        identityProviders: [{ name: 'Korsbæk Kommune', ...known }],
        mappings: [
          mapping('caseworker', [{ role: 'citizen-search' }, { role: 'citizen-read' }, ...reads]),
          mapping('controller', [{ role: 'audit-read' }]),
        ],
        agreements: [agreement('CPR', ['persons']), agreement('KSD', ['cases'])],
        jumps: [{ system: 'KSD', template: 'https://ksd.example.org/sag/{caseId}' }],
      },
    ],
    systems: [system('CPR', keys.cpr), system('KSD', keys.ksd)],
  };
  const path = join(directory, 'municipality.json');
  writeFileSync(path, JSON.stringify(file));
  return path;
}

async function deliver(code: 'CPR' | 'KSD', key: JWK, record: object): Promise<unknown> {
  const token = await makeAssertion(ids[code], key, 'overblik-feed', new Date());
  const response = await fetch(`${url}/feed/v1/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    body: JSON.stringify({ registeredAt: '2026-01-01T12:00:00Z', source: code, ...record }),
  });
  return response.json();
}

async function signedIn(name: string, login = `${url}/saml/login?cvr=${CVR}&return=/`) {
  const agent = new Agent();
  const response = await responseAt(agent, login, name);
  const answer = await agent.send(`${url}/saml/acs`, { form: { SAMLResponse: response } });
  expect([answer.status, answer.to]).toEqual([303, expect.stringContaining(url)]);
  return { agent, to: answer.to };
}

async function ask(agent: Agent, operation: string, variables: object): Promise<any> {
  const documentId = operationId(readSchemaFile(`operations/${operation}.graphql`));
  const json = { documentId, operationName: operation, variables };
  const response = await agent.send(`${url}/graphql`, { json, headers: { origin: url } });
  const answer: any = await response.json();
  expect(answer.errors ?? []).toEqual([]);
  return answer.data;
}

test('from nothing to a person on the page, a jump there and back, and the entry in the log', async () => {
  await start('store').says(/The embedded store answers/);
  // Nobody could sign in: a gateway does not start, and says what is missing.
  const early = start('gateway');
  expect([await ended(early), early.output()]).toEqual([78, expect.stringContaining('npm run setup')]);

  const file = fileOfTheMunicipality();
  const check = start('setup', file, '--check', '--diff');
  expect([await ended(check), check.output()]).toEqual([
    0,
    expect.stringContaining('The file has no faults.'),
  ]);
  const setup = start('setup', file);
  expect([await ended(setup), setup.output()]).toEqual([0, expect.stringContaining('9 applied')]);

  const gateway = start('gateway');
  await gateway.says(/Overblik answers at/);
  for (const secret of readFileSync(join(directory, 'CURSOR_KEY'), 'utf8').trim().split('\n'))
    expect(gateway.output()).not.toContain(secret);

  // A person and the case of that person, from systems with keys of their own; the other's key is nobody's.
  const person = {
    ...{ type: 'person', id: randomUUID(), cpr: CPR_NUMBER, birthDate: '1990-06-06', name: 'Prøve Person' },
    ...{ sex: 'FEMALE', civilStatus: 'UNMARRIED' },
    addresses: [{ line: 'Prøvevej 1, 9996 Korsbæk', municipalityCvr: CVR, from: '2020-01-01', to: null }],
  };
  expect(await deliver('CPR', keys.cpr, person)).toMatchObject({ accepted: 1 });
  const record = {
    ...{ type: 'case', id: CASE, ownerCvr: CVR, kle: '32.30.04', sensitivity: 2, caseNumber: 'PRØVE-1' },
    ...{ title: 'Sygedagpenge', history: [{ state: 'ARISEN', on: '2026-01-01' }], unit: randomUUID() },
    parties: [{ role: 'PRIMARY', person: `urn:oio:cpr-nr:${CPR_NUMBER}` }],
  };
  expect(await deliver('KSD', keys.ksd, record)).toMatchObject({ accepted: 1 });
  expect(await deliver('KSD', keys.cpr, record)).toMatchObject({ errors: [expect.anything()] });

  const { agent } = await signedIn('caseworker');
  const found = await ask(agent, 'SearchCitizens', { criteria: { name: 'Prøve Person' } });
  const [{ node }] = found.searchCitizens.hits.edges;
  expect(node.name).toBe('Prøve Person');
  const { citizen } = await ask(agent, 'CitizenHeader', { id: node.id });
  expect(citizen).toMatchObject({ name: 'Prøve Person', municipality: { name: 'Korsbæk Kommune' } });

  // From the case in KSD to the person, and from the case back into KSD.
  const asked = {
    ...{ party: `urn:oio:cpr-nr:${CPR_NUMBER}`, caseId: CASE },
    user: { cvr: CVR, subject: 'the-caseworker' },
  };
  const token = await makeAssertion(ids.KSD, keys.ksd, 'overblik-feed', new Date());
  const ticket = await fetch(`${url}/context/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(asked),
  });
  expect(ticket.status).toBe(200);
  const opened = await agent.send(((await ticket.json()) as { url: string }).url);
  expect((await agent.send(opened.to)).to).toBe(`${url}/citizens/${node.id}?from=KSD&case=${CASE}`);
  expect((await agent.send(`${url}/jump/${CASE}`)).to).toBe(`https://ksd.example.org/sag/${CASE}`);

  const { agent: controller } = await signedIn('controller');
  const { auditLog } = await ask(controller, 'AuditLog', { filter: { citizenId: node.id }, first: 50 });
  const entries = auditLog.edges.map(
    ({ node: entry }: any) => `${entry.user} ${entry.event} ${entry.decision}`,
  );
  expect(entries).toContain('the-caseworker opened PERMIT');
  expect(entries).toContain('the-caseworker jumped-in PERMIT');
  const { auditLog: all } = await ask(controller, 'AuditLog', { filter: {}, first: 50 });
  const events = all.edges.map(({ node: entry }: any) => `${entry.user} ${entry.event}`);
  expect(events).toContain('the-caseworker jumped-out');
  expect(events).toContain('ibrugtagning access-changed');
}, 240_000);
