import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewaySettingsShape } from '../../../programs/settings.js';
import { SetupFaults } from '../../../programs/setup/fault.js';
import { diffLines } from '../../../programs/setup/print.js';
import { readSetupFile } from '../../../programs/setup/read-file.js';
import { exportInstallation, planFile, setUp } from '../../../programs/setup/set-up.js';
import { openStore, type OpenStore } from '../../../store/open.js';
import { toStoreSettings } from '../../../store/settings.js';
import { accessCollections } from '../../../subgraphs/access/source/collections.js';
import { auditCollections } from '../../../subgraphs/shared/audit/mongo-sink.js';
import { temporaryDirectory } from '../../kit/store.js';

const EXAMPLES = join(import.meta.dirname, '..', '..', '..', 'docs', 'examples');
const ONE = join(EXAMPLES, 'one-municipality.yaml');
const TWO = join(EXAMPLES, 'two-municipalities.json');
const KORSBAEK = '12345678';

let directory: string;
let remove: () => void;
let store: OpenStore;
const settings = () => gatewaySettingsShape.parse({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
beforeEach(async () => {
  ({ path: directory, remove } = temporaryDirectory());
  store = await openStore(toStoreSettings(settings()), (error) => {
    throw error;
  });
});
afterEach(async () => {
  await store.close();
  remove();
});

/** A file with some change, as an operator would write it. */
function fileWith(change: (file: any) => void, from = TWO): string {
  const value: any = readSetupFile(from);
  const copy = JSON.parse(JSON.stringify(value));
  change(copy);
  const path = join(directory, 'file.json');
  writeFileSync(path, JSON.stringify(copy));
  return path;
}
const apply = (path: string, now = new Date()) =>
  setUp(readSetupFile(path), { store, settings: settings(), now });
const ways = async (path: string) => {
  const { plan } = await planFile(readSetupFile(path), store, new Date());
  return Object.fromEntries(
    plan.steps.filter(({ way }) => way !== 'same').map(({ what, way }) => [what, way]),
  );
};
const faultsOf = async (path: string): Promise<Record<string, string>> => {
  try {
    await planFile(readSetupFile(path), store, new Date());
    return {};
  } catch (error) {
    if (!(error instanceof SetupFaults)) throw error;
    return Object.fromEntries(error.faults.map(({ path: at, rule }) => [at, rule]));
  }
};
const governed = () => accessCollections(store.database('access')).governed;
/** Somebody of the authority has looked somebody up. */
const beginWork = () =>
  auditCollections(store.database('audit')).entries.insertOne({
    _id: 'work',
    cvr: KORSBAEK,
    user: 'a-caseworker',
    event: 'opened',
    decision: 'PERMIT',
  } as never);
const role = (name: string) => `http://korsbaek.example/roles/jobrole/${name}/1`;
const mapping = (name: string) => `mapping of ${KORSBAEK}: ${role(name)}`;

describe('an empty store', () => {
  test.each([
    ['one municipality', ONE],
    ['two municipalities', TWO],
  ])(
    '%s: the file is applied whole, twice is once, and what is exported is the same file',
    async (_says, path) => {
      const plan = await apply(path);
      expect(plan.steps.every(({ way }) => way === 'applied' || way === 'begins')).toBe(true);
      expect(await ways(path)).toEqual({});
      expect((await apply(path)).contents).toEqual([]);
      const out = join(directory, 'exported.json');
      writeFileSync(out, JSON.stringify(await exportInstallation(store, new Date())));
      const { plan: exported } = await planFile(readSetupFile(out), store, new Date());
      expect(diffLines(exported)).toEqual(['The store is as the file says.']);
      expect(exported.steps).toHaveLength(plan.steps.length);
    },
  );

  test('each municipality’s contents are in force, and each thing stands in the log of its authority', async () => {
    const { steps } = await apply(TWO);
    for (const cvr of [KORSBAEK, '23456780']) {
      const items = await governed().find({ cvr, kind: 'mapping' }).toArray();
      expect(items.length).toBeGreaterThan(3);
      expect(items.every(({ versions: [first] }) => first?.approvedBy === 'ibrugtagning')).toBe(true);
    }
    const entries = await auditCollections(store.database('audit'))
      .entries.find({ user: 'ibrugtagning' })
      .toArray();
    expect(entries.length).toBe(steps.length);
    expect(entries.every(({ event, decision }) => event === 'access-changed' && decision === 'PERMIT')).toBe(
      true,
    );
    expect(new Set(entries.map(({ cvr }) => cvr))).toEqual(
      new Set([KORSBAEK, '23456780', '33236239', '00000000']),
    );
  });

  test('a set-up that broke off goes on: nobody can sign in to a half', async () => {
    const database = (name: string) => store.database(name);
    const broken = Object.assign(Object.create(store) as OpenStore, {
      database: (name: string) => {
        const db = database(name);
        if (name !== 'access') return db;
        return new Proxy(db, {
          get: (of, key) =>
            key === 'collection'
              ? (collection: string) => {
                  if (collection === 'governed' && calls++ > 8) throw new Error('the store went away');
                  return of.collection(collection);
                }
              : Reflect.get(of, key, of),
        });
      },
    });
    let calls = 0;
    const asked = readSetupFile(ONE);
    await expect(setUp(asked, { store: broken, settings: settings(), now: new Date() })).rejects.toThrow(
      'went away',
    );
    const { providers } = accessCollections(store.database('access'));
    expect(await governed().countDocuments({})).toBeGreaterThan(0);
    expect(await providers.countDocuments({})).toBe(0);
    await apply(ONE);
    expect(await ways(ONE)).toEqual({});
    expect(await providers.countDocuments({})).toBe(1);
  });
});

describe('faults', () => {
  const broken: readonly (readonly [path: string, change: (file: any) => void, rule: RegExp])[] = [
    ['authorities.0.cvr', (file) => (file.authorities[0].cvr = 12345678), /8 digits, in quotes/],
    ['authorities.0.town', (file) => (file.authorities[0].town = 'Korsbæk'), /not a field/],
    ['authorities.0.name', (file) => delete file.authorities[0].name, /right type/],
    ['format', (file) => (file.format = 2), /known values/],
    [
      'authorities.0.identityProviders.0.certificates.0',
      (file) => (file.authorities[0].identityProviders[0].certificates[0] = '-----BEGIN CERTIFICATE-----\nx'),
      /can be read/,
    ],
    ['systems.0.id', (file) => (file.systems[0].id = 'CPR'), /UUID/],
  ];
  test.each(broken)('of shape: %s', async (path, change, rule) => {
    expect(await faultsOf(fileWith(change))).toEqual({ [path]: expect.stringMatching(rule) });
  });

  test('all of them are listed at once, with path and rule and no value, and nothing is stored', async () => {
    const path = fileWith((file) => {
      const [first, two] = file.authorities;
      first.mappings[0].grants[2].kle = ['99.99.*'];
      first.mappings[1].uri = 'http://other.example/roles/jobrole/x/1';
      first.agreements[0].kinds = ['secrets'];
      first.jumps[0] = { system: 'NOBODY', template: 'https://ksd.example.org/{caseId}' };
      two.jumps[0].template = 'http://ksd.example.org/{caseId}';
      first.settings.liftMinutes = 1;
      two.mappings.push(two.mappings[0]);
      file.systems[0].keys[0].x = 'hunter2';
      file.systems[1].keys[0] = { kid: 'x', pem: '-----BEGIN PRIVATE KEY-----\nhunter2' };
    });
    const faults = await faultsOf(path);
    expect(Object.keys(faults).sort()).toEqual([
      'authorities.0.agreements.0.kinds',
      'authorities.0.jumps.0.system',
      'authorities.0.mappings.0.grants.2.kle',
      'authorities.0.mappings.1.uri',
      'authorities.0.settings.liftMinutes',
      'authorities.1.jumps.0.template',
      'authorities.1.mappings.4',
      'systems.0.keys.0',
      'systems.1.keys.0',
    ]);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
    await expect(apply(path)).rejects.toThrow('9 fault(s); nothing was changed');
    expect(await governed().countDocuments({})).toBe(0);
    expect(await accessCollections(store.database('access')).systems.countDocuments({})).toBe(0);
  });

  test.each([
    ['JSON that ends too soon', 'file.json', '{', /^JSON/],
    ['YAML with aliases', 'file.yaml', 'a: &a [1]\nb: *a', /without aliases/],
    ['YAML nested without end', 'file.yaml', '['.repeat(100_000), /^YAML/],
  ])('%s is no file', (_says, name, text, rule) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    expect(() => readSetupFile(path)).toThrow(
      expect.objectContaining({ faults: [{ path: '', rule: expect.stringMatching(rule) }] }),
    );
    expect(() => readSetupFile(join(directory, 'none.json'))).toThrow('ENOENT');
  });
});

describe('after the first day', () => {
  const changed = () =>
    fileWith((file) => {
      const [first] = file.authorities;
      first.name = 'Ny Korsbæk Kommune';
      first.mappings[1].grants = [{ role: 'citizen-search' }];
      first.agreements[3].staleAfterHours = 12;
      first.settings.lookUpsPerHour = 50;
    });

  test('until somebody has worked, the file is the whole truth: a first mapping can be mended', async () => {
    await apply(TWO);
    await auditCollections(store.database('audit')).entries.insertOne({
      ...{ _id: 'in', cvr: KORSBAEK, user: 'somebody', event: 'signed-in', decision: 'PERMIT' },
    } as never);
    await apply(changed());
    expect(await ways(changed())).toEqual({});
    const [, second] = (await governed().findOne({ key: role('borgerservice') }))!.versions;
    expect(second).toMatchObject({ number: 2, content: { grants: [{ role: 'citizen-search' }] } });
  });

  test('then rights wait for people of the authority; names, systems and providers stay the operator’s', async () => {
    await apply(TWO);
    await beginWork();
    const before = await governed().findOne({ key: role('borgerservice') });
    expect(await ways(changed())).toEqual({
      [`authority ${KORSBAEK}`]: 'applied',
      [mapping('borgerservice')]: 'decided',
      [`agreement of ${KORSBAEK}: KSD`]: 'decided',
      [`settings of ${KORSBAEK}: settings`]: 'decided',
    });
    await apply(changed());
    const after = await governed().findOne({ key: role('borgerservice') });
    expect(after?.versions).toEqual(before?.versions);
    expect(after).toMatchObject({ draft: { by: 'ibrugtagning', previewedAt: null }, proposal: null });
    const agreement = await governed().findOne({ cvr: KORSBAEK, key: 'KSD' });
    expect(agreement).toMatchObject({
      draft: null,
      proposal: { content: { staleAfterHours: 12 } },
      revision: 2,
    });
    expect(agreement?.versions).toHaveLength(1);
    // The same file again asks for nothing twice.
    const again = await ways(changed());
    expect(new Set(Object.values(again))).toEqual(new Set(['waits']));
    const revisions = await governed().find({}).sort({ _id: 1 }).toArray();
    await apply(changed());
    expect(await governed().find({}).sort({ _id: 1 }).toArray()).toEqual(revisions);
  });

  test('what somebody is changing is left alone', async () => {
    await apply(TWO);
    await beginWork();
    await governed().updateOne(
      { key: role('borgerservice') },
      {
        $set: {
          draft: { content: { kind: 'mapping', name: 'Another name' }, by: 'an-administrator' },
        } as never,
      },
    );
    expect((await ways(changed()))[mapping('borgerservice')]).toBe('busy');
    await apply(changed());
    expect((await governed().findOne({ key: role('borgerservice') }))?.draft?.by).toBe('an-administrator');
  });

  test('the difference shows each field as it is and as it would become', async () => {
    await apply(TWO);
    const { plan } = await planFile(readSetupFile(changed()), store, new Date());
    expect(diffLines(plan).join('\n')).toContain('  - staleAfterHours: 24\n  + staleAfterHours: 12');
  });
});

test('what the examples say is up to date: no key of a third party, every name made up', () => {
  for (const file of [ONE, TWO]) expect(readFileSync(file, 'utf8')).not.toMatch(/PRIVATE KEY|"d":|\bd: /);
});
