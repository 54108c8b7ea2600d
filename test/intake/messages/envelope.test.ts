import { describe, expect, test } from '@jest/globals';
import { rankOfClass } from '../../../intake/messages/envelope.js';
import { readEnvelope } from '../../../intake/messages/read-envelope.js';
import { envelope } from '../../kit/messages.js';
import { INSTANT_RULE } from '../../../subgraphs/shared/scalars/instant.js';

const NOW = new Date('2026-06-01T10:00:00Z');
const CASE_ID = '7f2c9a4e-5b1d-4c3a-9e8f-0a1b2c3d4e5f';
const URN = 'urn:oio:cpr-nr:0202701234';
const ruleOf = (message: unknown) => {
  const read = readEnvelope(JSON.stringify(message), NOW);
  return 'result' in read ? [read.field, read.rule] : 'taken';
};
const about = (type: 'PERSON' | 'CASE' | 'GRANT' | 'GENERAL', id: string) => envelope(type, id, '005');
const registered = (registeredAt: string) => {
  const message = about('PERSON', URN);
  const objectRegistration = { ...message.filterData.objectRegistration, registeredAt };
  return { ...message, filterData: { ...message.filterData, objectRegistration } };
};

const OBJECT = 'filterData.objectRegistration.objectId';
const PARTY = 'urn:oio:cpr-nr: and ten digits, or urn:oio:cvr-nr: and eight';

test.each<[string, unknown, unknown]>([
  ['a person by URN', about('PERSON', URN), 'taken'],
  ['a case by UUID', about('CASE', CASE_ID), 'taken'],
  ['a general message about a person', about('GENERAL', URN), 'taken'],
  ['a general message about a case', about('GENERAL', CASE_ID), 'taken'],
  ['a number too short', about('PERSON', 'urn:oio:cpr-nr:020270123'), [OBJECT, `a UUID, or ${PARTY}`]],
  ['an unknown kind of number', about('PERSON', 'urn:oio:se-nr:12345678'), [OBJECT, `a UUID, or ${PARTY}`]],
  ['a bare number', about('PERSON', '0202701234'), [OBJECT, `a UUID, or ${PARTY}`]],
  ['a person by UUID', about('PERSON', CASE_ID), [OBJECT, `for a person ${PARTY}`]],
  ['a case by URN', about('CASE', URN), [OBJECT, 'for a case or grant a UUID']],
  ['a grant by URN', about('GRANT', URN), [OBJECT, 'for a case or grant a UUID']],
  [
    'a related case by URN',
    envelope('PERSON', URN, '005', { relatedObjects: [{ id: URN, type: 'CASE' }] }),
    ['filterData.relatedObjects.0.id', 'for a case or grant a UUID'],
  ],
  ['a message id that is none', { ...about('PERSON', URN), messageId: 'one' }, ['messageId', 'a UUID']],
  [
    'a time in no form',
    registered('yesterday'),
    ['filterData.objectRegistration.registeredAt', INSTANT_RULE],
  ],
  [
    'a time to come',
    registered('2026-06-01T10:06:00Z'),
    ['filterData.objectRegistration.registeredAt', 'not in the future'],
  ],
  [
    'a validity that is no day',
    { ...about('PERSON', URN), validity: { from: '2026-02-30' } },
    ['validity.from', 'an existing day, YYYY-MM-DD'],
  ],
  [
    'a KLE number out of form',
    envelope('PERSON', URN, '005', { task: '32.30' }),
    ['filterData.objectRegistration.task', 'urn:oio:kle:NN.NN.NN'],
  ],
])('%s', (_what, message, expected) => {
  expect(ruleOf(message)).toEqual(expected);
});

test.each([
  ['IKKE_FORTROLIGE_DATA', 1],
  ['FORTROLIGE_PERSONOPLYSNINGER', 2],
  ['FOELSOMME_PERSONOPLYSNINGER', 3],
  ['VIP_SAGER', 4],
] as const)('%s is level %d', (securityClass, rank) => {
  expect(rankOfClass(securityClass)).toBe(rank);
  const message = about('PERSON', URN);
  const deliveryData = { ...message.deliveryData, securityClass };
  expect(ruleOf({ ...message, deliveryData })).toBe('taken');
});

describe('what a message may hold', () => {
  const CVR = '33236239';
  const filterOf = (change: object) => {
    const message = about('PERSON', URN);
    return { ...message, filterData: { ...message.filterData, ...change } };
  };
  const registration = (change: object) => {
    const { objectRegistration } = about('PERSON', URN).filterData;
    return filterOf({ objectRegistration: { ...objectRegistration, ...change } });
  };
  const related = (count: number) =>
    filterOf({ relatedObjects: Array.from({ length: count }, () => ({ id: URN, type: 'PERSON' })) });
  const role = (length: number) =>
    filterOf({ relatedObjects: [{ id: CASE_ID, type: 'GRANT', role: 'x'.repeat(length) }] });
  test.each<[string, unknown]>([
    ['200 receivers', filterOf({ allowedReceivers: Array.from({ length: 200 }, () => CVR) })],
    ['20 related objects', related(20)],
    ['a role of 50 characters', role(50)],
    ['an action of 100 characters', registration({ action: 'x'.repeat(100) })],
    ['a title of 255 characters', { ...about('PERSON', URN), body: { title: 'x'.repeat(255) } }],
    ['a KLE number', registration({ task: 'urn:oio:kle:32.30.04' })],
    ['version 1.23', { ...about('PERSON', URN), messageVersion: '1.23' }],
    ['no related objects', filterOf({ relatedObjects: undefined })],
  ])('%s', (_says, message) => {
    expect(ruleOf(message)).toBe('taken');
  });
  test.each<[string, unknown, string]>([
    [
      '201 receivers',
      filterOf({ allowedReceivers: Array.from({ length: 201 }, () => CVR) }),
      'filterData.allowedReceivers',
    ],
    [
      'a receiver whose digits do not check',
      filterOf({ allowedReceivers: ['12345679'] }),
      'filterData.allowedReceivers.0',
    ],
    ['21 related objects', related(21), 'filterData.relatedObjects'],
    ['a role of 51 characters', role(51), 'filterData.relatedObjects.0.role'],
    [
      'an action of 101 characters',
      registration({ action: 'x'.repeat(101) }),
      'filterData.objectRegistration.action',
    ],
    [
      'a title of 256 characters',
      { ...about('PERSON', URN), body: { title: 'x'.repeat(256) } },
      'body.title',
    ],
    [
      'more than a KLE number',
      registration({ task: 'urn:oio:kle:32.30.04.1' }),
      'filterData.objectRegistration.task',
    ],
    [
      'something before a KLE number',
      registration({ task: 'x:urn:oio:kle:32.30.04' }),
      'filterData.objectRegistration.task',
    ],
    ['version 2', { ...about('PERSON', URN), messageVersion: '2' }, 'messageVersion'],
    ['version 21', { ...about('PERSON', URN), messageVersion: '21' }, 'messageVersion'],
    ['version 1.x', { ...about('PERSON', URN), messageVersion: '1.x' }, 'messageVersion'],
    ['more than a number', about('PERSON', `${URN}5`), OBJECT],
    ['something before a number', about('PERSON', `x${URN}`), OBJECT],
    ['a type of message nobody knows', filterOf({ messageType: CASE_ID }), 'filterData.messageType'],
  ])('never %s', (_says, message, field) => {
    expect(ruleOf(message)).toEqual([field, expect.stringMatching(/./)]);
  });

  test.each<[string, unknown, string]>([
    [
      'digits that do not check',
      filterOf({ allowedReceivers: ['12345679'] }),
      'eight digits with a right check digit',
    ],
    ['another version', { ...about('PERSON', URN), messageVersion: '2' }, 'version 1'],
    ['another type', filterOf({ messageType: CASE_ID }), 'a known type of message'],
  ])('the rule is said: %s', (_says, message, rule) => {
    expect(ruleOf(message)).toEqual([expect.anything(), rule]);
  });
});
