import { describe, expect, test } from '@jest/globals';
import type { AuditFact } from '../../../../subgraphs/shared/audit/entry.js';
import { codedError } from '../../../../subgraphs/shared/errors/coded-error.js';
import { Guard, type AccessSubject } from '../../../../subgraphs/shared/guard/guard.js';
import type { Caller, IdentityClaims } from '../../../../subgraphs/shared/identity/caller.js';
import { GATEWAY_CALLER, mintIdentity } from '../../../../subgraphs/shared/identity/internal-identity.js';
import type { Grant } from '../../../../subgraphs/shared/policy/grants.js';
import type { Permission } from '../../../../subgraphs/shared/policy/permissions.js';

const CVR = '12345678';
const ADMINISTRATOR: Grant = { role: 'access-administer', cvr: CVR };
const APPROVER: Grant = { role: 'access-approve', cvr: CVR };
const CASEWORKER: Grant = { role: 'case-read', cvr: CVR, kle: ['32.*'], sensitivity: 2 };
const READER: Grant = { role: 'citizen-read', cvr: CVR };

interface Trial {
  readonly guard: Guard;
  /** What reads and changes have put in the log, in order. */
  readonly reads: AuditFact[];
  readonly changes: AuditFact[];
  /** Technical errors that were reported to the operator. */
  readonly errors: unknown[];
}

/** @returns a guard over an identity, with everything it writes kept; `steps` gets a word for each entry as it is written. */
function trial(
  grants: readonly Grant[],
  change: Partial<Caller> = {},
  kind: IdentityClaims['kind'] = 'caller',
  steps: string[] = [],
): Trial {
  const { claims } = mintIdentity(
    {
      kind,
      audience: 'cases',
      caller: { ...GATEWAY_CALLER, subject: 'user', cvr: CVR, unit: 'unit', grants, ...change },
      purpose: 'a purpose',
      lookupId: 'look-up',
      requestId: 'request',
      operationName: 'Operation',
      body: { query: '', operationName: null, variables: {} },
    },
    new Date(),
  );
  const [reads, changes, errors]: [AuditFact[], AuditFact[], unknown[]] = [[], [], []];
  const into = (log: AuditFact[]) => ({
    append: (facts: readonly AuditFact[]) => {
      log.push(...facts);
      steps.push(...facts.map(({ decision }) => decision));
      return Promise.resolve();
    },
  });
  const now = () => new Date('2026-11-22T12:00:00Z');
  const onError = (error: unknown) => void errors.push(error);
  const guard = new Guard({ claims, audit: into(changes), readAudit: into(reads), now, onError });
  return { guard, reads, changes, errors };
}

const OPENED: AccessSubject = { event: 'opened', citizenId: 'person', asked: ['asked-for'] };
const broken = (): Promise<never> => Promise.reject(new Error('a disk that is gone'));
const refusedByTheStep = (): Promise<never> => Promise.reject(codedError('BAD_INPUT'));

describe('which permission an identity has', () => {
  test.each<[string, IdentityClaims['kind'], readonly Grant[], Permission, string | undefined]>([
    ['a caller with the role', 'caller', [CASEWORKER], 'case-read', undefined],
    ['a caller with another role', 'caller', [CASEWORKER], 'document-read', 'NO_ROLE'],
    ['a caller whose grant is void', 'caller', [{ ...CASEWORKER, kle: [] }], 'case-read', 'NO_ROLE'],
    [
      'a caller who is an administrator does not simulate',
      'caller',
      [ADMINISTRATOR],
      'access-simulate',
      'NO_ROLE',
    ],
    ['a simulated identity simulates', 'simulate', [ADMINISTRATOR], 'access-simulate', undefined],
    ['a simulated identity without the role', 'simulate', [CASEWORKER], 'access-simulate', 'NO_ROLE'],
    ['a simulated identity previews', 'simulate', [ADMINISTRATOR], 'access-preview', undefined],
    ['a simulated identity of an approver previews', 'simulate', [APPROVER], 'access-preview', undefined],
    [
      'a simulated identity of an approver simulates nothing',
      'simulate',
      [APPROVER],
      'access-simulate',
      'NO_ROLE',
    ],
    ['a caller who approves does not preview records', 'caller', [APPROVER], 'access-preview', 'NO_ROLE'],
    ['a simulated identity reads nothing', 'simulate', [CASEWORKER], 'case-read', 'NO_ROLE'],
    ['a simulated identity changes nothing', 'simulate', [ADMINISTRATOR], 'access-administer', 'NO_ROLE'],
    ['the gateway itself', 'gateway', [], 'gateway-internal', undefined],
    ['the gateway itself reads no case, whatever it holds', 'gateway', [CASEWORKER], 'case-read', 'NO_ROLE'],
    ['a caller is not the gateway', 'caller', [CASEWORKER, ADMINISTRATOR], 'gateway-internal', 'NO_ROLE'],
  ])('%s', (_says, kind, grants, permission, code) => {
    const { guard } = trial(grants, {}, kind);
    expect(guard.refusal(permission)).toBe(code);
    expect(guard.holds(permission)).toBe(code === undefined);
  });

  test('a section that is switched off gives nothing to whoever holds the role', () => {
    const { guard } = trial([CASEWORKER, READER], { sectionsOff: ['cases'] });
    expect([guard.refusal('case-read'), guard.refusal('citizen-read')]).toEqual(['SECTION_OFF', undefined]);
    expect(trial([READER], { sectionsOff: ['cases'] }).guard.refusal('case-read')).toBe('NO_ROLE');
  });

  test('rights are read once for a request: what it may see does not change under way', () => {
    const { guard } = trial([CASEWORKER]);
    expect(guard.access('case-read')).toBe(guard.access('case-read'));
  });

  test('what names no permission is a fault of the programmer, never a refusal', () => {
    const { guard } = trial([CASEWORKER]);
    for (const name of ['', 'toString', 'case-reads'])
      expect(() => guard.refusal(name as Permission)).toThrow('a guard needs a named permission');
  });
});

describe('reading', () => {
  test('a refusal loads nothing and is in the log with what was asked for', async () => {
    const { guard, reads } = trial([READER]);
    const load = () => Promise.reject(new Error('must not be asked'));
    const shown = () => ({ objects: [] });
    expect(await guard.read('case-read', OPENED, load, shown)).toEqual({
      permitted: false,
      ruleCode: 'NO_ROLE',
    });
    expect(await guard.readOne('case-read', OPENED, load, shown)).toBeNull();
    expect(await guard.mayEnter('case-read', OPENED)).toBe(false);
    const entry = { decision: 'REFUSE', ruleCode: 'NO_ROLE', objects: ['asked-for'], citizenId: 'person' };
    expect(reads).toMatchObject([entry, entry, entry]);
  });

  test('a look that asks for nothing by name leaves empty lists, not wrong ones', async () => {
    const { guard, reads } = trial([READER]);
    await guard.mayEnter('case-read', { event: 'section-read' });
    expect(reads).toMatchObject([{ objects: [], kle: [], criteria: [], citizenId: null, alarms: [] }]);
  });

  test('entering a section that is permitted writes nothing: what is read in it does', async () => {
    const { guard, reads } = trial([CASEWORKER]);
    expect([await guard.mayEnter('case-read', OPENED), reads]).toEqual([true, []]);
  });

  test('the entry is written before the value is handed out', async () => {
    const steps: string[] = [];
    const { guard, reads } = trial([CASEWORKER], {}, 'caller', steps);
    const load = () => {
      steps.push('loaded');
      return Promise.resolve('value');
    };
    const shown = () => ({ objects: ['case'], kle: ['32.30.04', null, '32.30.04'] });
    expect(await guard.read('case-read', OPENED, load, shown)).toEqual({ permitted: true, value: 'value' });
    steps.push('handed out');
    expect(await guard.readOne('case-read', OPENED, load, shown)).toBe('value');
    expect(steps).toEqual(['loaded', 'PERMIT', 'handed out', 'loaded', 'PERMIT']);
    expect(reads[0]).toEqual({
      at: new Date('2026-11-22T12:00:00Z'),
      cvr: CVR,
      user: 'user',
      unit: 'unit',
      event: 'opened',
      decision: 'PERMIT',
      permission: 'case-read',
      ruleCode: null,
      operation: 'Operation',
      purpose: 'a purpose',
      lookupId: 'look-up',
      requestId: 'request',
      citizenId: 'person',
      objects: ['case'],
      kle: ['32.30.04'],
      rights: ['case-read'],
      criteria: [],
      alarms: [],
    });
  });

  test('nothing found is a refusal in the log, with the id that was asked for', async () => {
    const { guard, reads } = trial([CASEWORKER]);
    const shown = () => ({ objects: ['never'] });
    expect(await guard.readOne('case-read', OPENED, () => Promise.resolve(null), shown)).toBeNull();
    expect(reads).toMatchObject([
      { decision: 'REFUSE', ruleCode: 'NOT_WITHIN_RIGHTS', objects: ['asked-for'] },
    ]);
  });

  test.each<[string, () => Promise<never>, string, number]>([
    ['an error of its own is kept inside', broken, 'PART_UNAVAILABLE', 1],
    ['an answer in our own words goes out', refusedByTheStep, 'BAD_INPUT', 0],
  ])('a read that fails shows nothing and is in the log: %s', async (_says, load, code, reported) => {
    const { guard, reads, errors } = trial([CASEWORKER]);
    const shown = () => ({ objects: [] });
    await expect(guard.read('case-read', OPENED, load, shown)).rejects.toMatchObject({
      extensions: { code },
    });
    await expect(guard.readOne('case-read', OPENED, load, shown)).rejects.toMatchObject({
      extensions: { code },
    });
    expect(reads).toMatchObject([{ decision: 'FAILURE', ruleCode: null }, { decision: 'FAILURE' }]);
    expect(errors).toHaveLength(reported * 2);
  });

  test('the gateway’s own questions are nobody’s look-ups: the log has nothing of them', async () => {
    const { guard, reads, changes } = trial([], {}, 'gateway');
    const shown = () => ({ objects: [] });
    await guard.read('gateway-internal', OPENED, () => Promise.resolve(1), shown);
    await guard.read('case-read', OPENED, () => Promise.resolve(1), shown);
    await guard.change('gateway-internal', OPENED, () => Promise.resolve(1));
    expect([reads, changes]).toEqual([[], []]);
  });
});

describe('changing', () => {
  test('without the right nothing is done, and the attempt is in the log', async () => {
    const { guard, changes } = trial([CASEWORKER]);
    const act = () => Promise.reject(new Error('must not be done'));
    await expect(guard.change('access-administer', OPENED, act)).rejects.toMatchObject({
      extensions: { code: 'NOT_PERMITTED' },
    });
    expect(changes).toMatchObject([{ decision: 'REFUSE', ruleCode: 'NO_ROLE', objects: ['asked-for'] }]);
  });

  test('the entry stands before the change takes effect', async () => {
    const steps: string[] = [];
    const { guard, reads } = trial([ADMINISTRATOR], {}, 'caller', steps);
    const act = () => {
      steps.push('done');
      return Promise.resolve('value');
    };
    expect(await guard.change('access-administer', OPENED, act)).toBe('value');
    expect([steps, reads]).toEqual([['PERMIT', 'done'], []]);
  });

  test.each<[string, () => Promise<never>, Partial<AuditFact>, string, number]>([
    ['it fails', broken, { decision: 'FAILURE', ruleCode: null }, 'PART_UNAVAILABLE', 1],
    ['it is refused', refusedByTheStep, { decision: 'REFUSE', ruleCode: 'BAD_INPUT' }, 'BAD_INPUT', 0],
  ])('%s after it began: a second entry says so', async (_says, act, entry, code, reported) => {
    const { guard, changes, errors } = trial([ADMINISTRATOR]);
    await expect(guard.change('access-administer', OPENED, act)).rejects.toMatchObject({
      extensions: { code },
    });
    expect(changes).toMatchObject([{ decision: 'PERMIT' }, entry]);
    expect(errors).toHaveLength(reported);
  });

  test('whom it is about is found first; when that fails nothing is done', async () => {
    const { guard, changes, reads } = trial([ADMINISTRATOR]);
    const subject = { event: 'alert-handled' as const, asked: ['alert'] };
    const parties = [{ object: 'alert', persons: ['person'] }];
    await guard.change('access-administer', { ...subject, findParties: () => Promise.resolve(parties) }, () =>
      Promise.resolve(1),
    );
    expect(changes).toMatchObject([{ decision: 'PERMIT', citizenId: 'person' }]);
    const act = () => Promise.reject(new Error('must not be done'));
    await expect(
      guard.change('access-administer', { ...subject, findParties: broken }, act),
    ).rejects.toMatchObject({ extensions: { code: 'PART_UNAVAILABLE' } });
    expect([changes.length, reads]).toMatchObject([1, [{ decision: 'FAILURE' }]]);
  });
});

describe('under whom a look is written', () => {
  const records = [
    { object: 'a', persons: ['one', 'two', 'one'] },
    { object: 'b', persons: ['two'] },
  ];
  const read = async (subject: AccessSubject, shown: object, change: Partial<Caller> = {}) => {
    const { guard, reads } = trial([CASEWORKER], change);
    await guard.read(
      'case-read',
      subject,
      () => Promise.resolve(1),
      () => ({ objects: ['a', 'b'], ...shown }),
    );
    return reads;
  };
  const criteria = [{ name: 'word', value: 'text' }];

  test('records of several persons: under each of them, with the objects that are about that person', async () => {
    const entries = await read({ event: 'section-read', criteria }, { parties: records });
    expect(entries).toMatchObject([
      { citizenId: null, objects: ['a', 'b'], criteria },
      { citizenId: 'one', objects: ['a'], criteria: [] },
      { citizenId: 'two', objects: ['a', 'b'], criteria: [] },
    ]);
    expect(entries).toHaveLength(3);
  });
  test('records of one person: one entry, of that person', async () => {
    const parties = [{ object: 'b', persons: ['two'] }];
    expect(await read({ event: 'section-read' }, { parties })).toMatchObject([{ citizenId: 'two' }]);
    expect(await read({ event: 'section-read', parties }, {})).toMatchObject([{ citizenId: 'two' }]);
  });
  test('opened for one person: one entry, whoever else the records are about', async () => {
    const entries = await read({ event: 'section-read', citizenId: 'three' }, { parties: records });
    expect(entries).toMatchObject([{ citizenId: 'three' }]);
    expect(entries).toHaveLength(1);
  });
  test('each person in a list has a separate entry, as listed and not as opened', async () => {
    const entries = await read({ event: 'searched', criteria }, { citizenIds: ['one', 'two'] });
    expect(entries).toMatchObject([
      { event: 'searched', citizenId: null, criteria },
      { event: 'listed', citizenId: 'one', objects: ['one'], criteria: [] },
      { event: 'listed', citizenId: 'two', objects: ['two'], criteria: [] },
    ]);
  });
  test('a watched person raises the alarm in the own entry, and in the one that shows a record about that person', async () => {
    const watched = [
      { person: 'one', why: 'KIN' as const },
      { person: 'one', why: 'COLLEAGUE' as const },
    ];
    const alarms = async (subject: AccessSubject, shown: object) =>
      (await read(subject, shown, { watched })).map((entry) => [entry.citizenId, entry.alarms]);
    const both = ['KIN', 'COLLEAGUE'];
    expect(await alarms({ event: 'opened', citizenId: 'one' }, {})).toEqual([['one', both]]);
    expect(await alarms({ event: 'opened', citizenId: 'two' }, {})).toEqual([['two', []]]);
    expect(await alarms({ event: 'opened', citizenId: 'two' }, { about: ['one'] })).toEqual([['two', both]]);
    expect(await alarms({ event: 'section-read' }, { parties: records })).toEqual([
      [null, []],
      ['one', both],
      ['two', []],
    ]);
    expect(await alarms({ event: 'opened', citizenId: 'two', alarm: 'BREAK_GLASS' }, {})).toEqual([
      ['two', ['BREAK_GLASS']],
    ]);
  });
});
