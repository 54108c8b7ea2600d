import { beforeEach, expect, test } from '@jest/globals';
import { SINGLE_REFUSALS } from '../../../gateway/sessions/refusal-sums.js';
import { SignInLog } from '../../../gateway/sessions/sign-in-log.js';
import type { AuditFact } from '../../../subgraphs/shared/audit/entry.js';

const NOW = new Date('2026-11-28T10:00:00Z');

let facts: AuditFact[];
let log: SignInLog;
beforeEach(() => {
  facts = [];
  log = new SignInLog({ append: (added) => Promise.resolve(void facts.push(...added)) }, () => NOW);
});

/** What every entry of the log has. */
const COMMON = {
  at: NOW,
  permission: 'door',
  operation: null,
  lookupId: null,
  kle: [],
  rights: [],
  alarms: [],
};

test('what is known of a sign-in stands in its entry', async () => {
  const given = {
    event: 'jumped-in',
    requestId: 'request',
    cvr: '12345678',
    user: 'user',
    unit: 'unit',
    citizenId: 'citizen',
    purpose: 'purpose',
    objects: ['case'],
    criteria: [{ name: 'detail', value: 'x' }],
  } as const;
  await log.note(given);
  expect(facts).toEqual([{ ...COMMON, ...given, decision: 'PERMIT', ruleCode: null }]);
});

test('what is not known stands there as nothing', async () => {
  await log.note({ event: 'signed-in', requestId: 'request', refused: 'SAML_ISSUER', cvr: null });
  expect(facts).toEqual([
    {
      ...COMMON,
      event: 'signed-in',
      requestId: 'request',
      cvr: '00000000',
      user: '',
      unit: null,
      decision: 'REFUSE',
      ruleCode: 'SAML_ISSUER',
      purpose: null,
      citizenId: null,
      objects: [],
      criteria: [],
    },
  ]);
});

test('refusals of strangers are summed once they repeat; those of users, and what is permitted, never', async () => {
  const times = SINGLE_REFUSALS + 3;
  const event = { event: 'signed-out', requestId: 'request', cvr: '12345678' } as const;
  for (let i = 0; i < times; i++) {
    await log.note({ ...event, refused: 'SAML_ISSUER' });
    await log.note({ ...event, refused: 'SAML_ISSUER', user: 'user' });
    await log.note(event);
  }
  const refused = facts.filter(({ decision }) => decision === 'REFUSE').map(({ user }) => user);
  expect(refused.filter((user) => user === 'user')).toHaveLength(times);
  expect(facts).toHaveLength(2 * times + SINGLE_REFUSALS);
  await log.close();
  expect(facts.at(-1)).toMatchObject({ ruleCode: 'SAML_ISSUER', criteria: [{ name: 'times', value: '3' }] });
  expect(facts).toHaveLength(2 * times + SINGLE_REFUSALS + 1);
});
