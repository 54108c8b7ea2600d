import { expect, test } from '@jest/globals';
import { readEnvelope } from '../../../intake/messages/take-message.js';
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
