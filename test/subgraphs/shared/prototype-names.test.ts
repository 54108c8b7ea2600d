import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventOf } from '../../../intake/messages/event-of.js';
import type { Envelope } from '../../../intake/messages/envelope.js';
import { MESSAGE_TYPES } from '../../../subgraphs/shared/records/message-types.js';
import { isErrorCode } from '../../../subgraphs/shared/errors/catalogue.js';
import { assuranceOf, olderAssurance } from '../../../subgraphs/shared/policy/assurance.js';
import { isPermission, isSystemRole } from '../../../subgraphs/shared/policy/permissions.js';
import { isPurpose } from '../../../subgraphs/shared/policy/purposes.js';
import { sourceSystem, type RequestContext } from '../../../subgraphs/shared/runtime/request-context.js';
import { codeName } from '../../../web/text/codes.js';

/** What every plain object answers to: as a key from outside it must be as unknown as any other word. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);
const name = fc.constantFrom(...NAMES);

const known = (messageType: string, action: string) =>
  eventOf(
    { filterData: { messageType, objectRegistration: { action } }, body: {} } as unknown as Envelope,
    {},
  );

const general = Object.entries(MESSAGE_TYPES).filter(([, type]) => type !== 'GENERAL');

test('a name of Object.prototype is no code, purpose, permission, role, level, action or system', () => {
  expect(NAMES).toEqual(expect.arrayContaining(['constructor', 'toString', '__proto__', 'valueOf']));
  const context = { claims: { caller: { agreements: [] } } } as unknown as RequestContext;
  fc.assert(
    fc.property(name, (word) => {
      expect([isErrorCode, isPermission, isSystemRole, isPurpose].map((is) => is(word))).toEqual([
        false,
        false,
        false,
        false,
      ]);
      expect([olderAssurance(word), assuranceOf(word)]).toEqual([undefined, undefined]);
      for (const [id] of general) expect(known(id, word)).toBeUndefined();
      expect(sourceSystem(context, word)).toEqual({ code: word, name: word });
      expect(codeName('rules', word, 'da')).toBe(word);
    }),
    { numRuns: 200 },
  );
});
