import { expect, test } from '@jest/globals';
import type { DeliveringSystem } from '../../../gateway/auth/system.js';
import { envelopeShape } from '../../../intake/messages/envelope.js';
import { takeMessage } from '../../../intake/messages/take-message.js';
import { KORSBAEK } from '../../../seed/authorities.js';
import { systemId } from '../../../seed/source-systems.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import type { IncomingEvent } from '../../../subgraphs/shared/records/events.js';
import { DANISH_MOMENTS } from '../../kit/danish-moments.js';
import { envelope } from '../../kit/messages.js';

const CPR = '0202701234';
const PERSON = { id: '00000000-0000-4000-8000-000000000001', key: CPR, birthDate: '1970-02-02' };
const SYSTEM: DeliveringSystem = {
  id: systemId('CPR'),
  code: 'CPR',
  name: 'CPR',
  deliveries: [
    {
      cvr: KORSBAEK,
      kinds: ['alerts', 'persons'],
      kle: ['*'],
      sensitivity: 'SENSITIVE',
      crossAuthority: false,
    },
  ],
};

/** Takes a message at a moment. @returns the days by which its persons were looked up, and that of the event it became */
async function daysOfMessage(at: string): Promise<{ lookedUp: string[]; event: string[] }> {
  const days = { lookedUp: [] as string[], event: [] as string[] };
  const citizens = {
    resolve: () => Promise.resolve(new Map([[CPR, PERSON.id]])),
    surroundings: (_ids: readonly string[], today: string) => {
      days.lookedUp.push(today);
      return Promise.resolve({
        persons: [PERSON],
        spouses: [],
        household: [],
        homes: [KORSBAEK],
        currentHomes: [KORSBAEK],
      });
    },
  };
  const alerts = {
    event: ({ on }: IncomingEvent) => {
      days.event.push(on);
      return Promise.resolve({ known: false, alertIds: [], caseIds: [], handover: null });
    },
    handled: () => Promise.resolve(),
  };
  const cases = { sides: () => Promise.resolve([]) };
  const ports = { citizens, alerts, cases } as unknown as SubgraphPorts;
  const message = envelopeShape.parse(envelope('PERSON', `urn:oio:cpr-nr:${CPR}`, '005'));
  const taken = await takeMessage({ ports, now: () => new Date(at) }, SYSTEM, message);
  expect(taken).toEqual({ result: 'taken', alerts: 0 });
  return days;
}

test.each(DANISH_MOMENTS)('a message received at %s (%s) is of %s', async (_says, at, day) => {
  const { lookedUp, event } = await daysOfMessage(at);
  expect(event).toEqual([day]);
  expect(new Set(lookedUp)).toEqual(new Set([day]));
});
