import { present } from '../../../subgraphs/shared/certain/present.js';
import { addDays } from '../../../subgraphs/shared/days/calendar.js';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
import { ownValue } from '../../../subgraphs/shared/names/own-value.js';
import type { MessageType } from '../../../subgraphs/shared/records/message-types.js';
import type { FeedInput } from '../../../subgraphs/shared/records/records.js';
import { FJORDBY, KORSBAEK, MOSEKAER, unitId } from '../../authorities.js';
import { Random } from '../../random.js';
import { beginWorld } from '../../stories/tell.js';
import { makeFamily } from '../../world/family.js';
import type { PersonInput, World } from '../../world/person.js';
import { message } from './message.js';

/** Something that happens in the municipality: what the systems deliver, then what they tell. */
export interface Happening {
  readonly records: readonly FeedInput[];
  readonly messages: readonly { readonly system: string; readonly envelope: object }[];
}

/** A sickness-benefit case on its way: KSD's flow, one step at a time. */
interface Sickness {
  readonly person: PersonInput;
  readonly caseId: string;
  readonly grantId: string;
  readonly openedOn: string;
  step: number;
  payments: number;
}

const STREETS = ['Algade', 'Havnegade', 'Møllevej', 'Kirkestræde', 'Strandvejen'];
const TOWNS: Readonly<Record<string, string>> = {
  [KORSBAEK]: '9999 Korsbæk',
  [MOSEKAER]: '9998 Mosekær',
  [FJORDBY]: '9997 Fjordby',
};
const SICKNESS_KLE = '32.30.04';
const MAX_SICK = 500;

/**
 * A living municipality: people move and die, cases take their steps, KSD pays sickness benefit with documents from Mit
 * Sygefravær and NemRefusion. Goes on for ever; the same seed gives the same course.
 * @param now tells the time of each registration
 */
export function* livingMunicipality(seed: string, now: () => Date): Generator<Happening, never> {
  const random = new Random(`living|${seed}`);
  const world = worldBeside(seed, danishDay(now()));
  const people: PersonInput[] = [];
  const sick: Sickness[] = [];
  const today = () => danishDay(now());
  // Each registration has a time of its own: two of one record at the same time would be one.
  let last = 0;
  const at = () => new Date((last = Math.max(now().getTime(), last + 1))).toISOString();
  for (;;) {
    if (people.length < 40 || random.chance(0.02)) {
      const family = makeFamily(world).map((person) => ({ ...person, registeredAt: at() }));
      people.push(...family);
      yield { records: family, messages: [] };
      continue;
    }
    const roll = random.next();
    if (roll < 0.08) yield move(random, people, at(), today());
    else if (roll < 0.09) yield die(random, people, sick, at(), today());
    else if (roll < 0.3 && sick.length < MAX_SICK) {
      const person = random.pick(people);
      const fresh = {
        person,
        caseId: random.uuid(),
        grantId: random.uuid(),
        openedOn: today(),
        step: 0,
        payments: 0,
      };
      sick.push(fresh);
      yield sicknessStep(random, fresh, at());
    } else if (sick.length > 0) {
      const sickness = random.pick(sick);
      yield sicknessStep(random, sickness, at());
      if (sickness.step >= 7) sick.splice(sick.indexOf(sickness), 1);
    }
  }
}

/** Numbers of each day that are left to the seeded world: one number is one person. */
const LEFT_TO_SEED = 40;

/** @returns a world whose numbers nobody of the seeded one has. */
function worldBeside(seed: string, date: string): World {
  const { world, numbers } = beginWorld({ seed: `living|${seed}`, date });
  const begun = new Set<string>();
  return {
    ...world,
    issueCpr: (birthDate, sex) => {
      if (!begun.has(birthDate)) {
        begun.add(birthDate);
        for (let i = 0; i < LEFT_TO_SEED; i++) numbers.issue(birthDate, i % 2 === 0 ? 'FEMALE' : 'MALE');
      }
      return numbers.issue(birthDate, sex);
    },
  };
}

function move(random: Random, people: PersonInput[], registeredAt: string, day: string): Happening {
  const i = random.int(0, people.length - 1);
  const person = present(people[i], 'somebody who moves');
  const [current, ...former] = person.addresses;
  const to = random.chance(0.8) ? KORSBAEK : random.pick([MOSEKAER, FJORDBY]);
  const line = `${random.pick(STREETS)} ${random.int(1, 140)}, ${present(ownValue(TOWNS, to), 'the town of a municipality')}`;
  const moved: PersonInput = {
    ...person,
    registeredAt,
    addresses: [
      { line, municipalityCvr: to, from: day, to: null },
      ...(current ? [{ ...current, to: current.to ?? day }] : []),
      ...former,
    ],
  };
  people[i] = moved;
  const from = current?.municipalityCvr ?? null;
  const tell = (action: string, receiver: string) =>
    message(random, {
      ...{ system: 'CPR', type: 'PERSON', objectId: urnOf(person), action, registeredAt },
      allowedReceivers: [receiver],
    });
  const messages =
    from === to
      ? [tell('036', to), tell('037', to)]
      : [tell('034', to), ...(from === null ? [] : [tell('035', from)])];
  return { records: [moved], messages };
}

function die(
  random: Random,
  people: PersonInput[],
  sick: Sickness[],
  registeredAt: string,
  day: string,
): Happening {
  const [chosen] = people.splice(random.int(0, people.length - 1), 1);
  const person = present(chosen, 'somebody who dies');
  for (const sickness of sick.filter((other) => other.person === person))
    sick.splice(sick.indexOf(sickness), 1);
  const dead: PersonInput = { ...person, registeredAt, status: 'DEAD', statusSince: day };
  const event = {
    system: 'CPR',
    type: 'PERSON',
    objectId: urnOf(person),
    action: '005',
    registeredAt,
  } as const;
  return { records: [dead], messages: [message(random, event)] };
}

/** KSD's flow: reported, documents in, informed, decided and granted, paid, closed. */
function sicknessStep(random: Random, sickness: Sickness, registeredAt: string): Happening {
  const { step } = sickness;
  sickness.step = step === 5 && sickness.payments < 3 ? 5 : step + 1;
  const tell = (type: MessageType, objectId: string, action: string) =>
    message(random, {
      ...{ system: 'KSD', type, objectId, action, registeredAt },
      task: SICKNESS_KLE,
      relatedObjects: [{ id: urnOf(sickness.person), type: 'PERSON' }],
    });
  const documented = (title: string): Happening => ({
    records: [documentOn(random, sickness, title, registeredAt)],
    messages: [],
  });
  switch (step) {
    case 0:
      return {
        records: [caseAt(sickness, 1, registeredAt)],
        messages: [tell('CASE', sickness.caseId, 'Opstået')],
      };
    case 1:
      return documented('Oplysningsskema fra Mit Sygefravær');
    case 2:
      return documented('Refusionsanmodning fra NemRefusion');
    case 3:
      return { records: [caseAt(sickness, 2, registeredAt)], messages: [] };
    case 4:
      return {
        records: [caseAt(sickness, 3, registeredAt), grantOf(sickness, 'ACTIVE', registeredAt)],
        messages: [tell('GRANT', sickness.grantId, 'Aktiv')],
      };
    case 5:
      sickness.payments++;
      return { records: [paymentOf(random, sickness, registeredAt)], messages: [] };
    default:
      return {
        records: [caseAt(sickness, 4, registeredAt), grantOf(sickness, 'PASSIVE', registeredAt)],
        messages: [tell('GRANT', sickness.grantId, 'Passiv'), tell('CASE', sickness.caseId, 'Afsluttet')],
      };
  }
}

const urnOf = ({ cpr }: PersonInput): string => `urn:oio:cpr-nr:${cpr}`;
const OWN = {
  ownerCvr: KORSBAEK,
  kle: SICKNESS_KLE,
  sensitivity: 2 as const,
  unit: unitId(KORSBAEK, 'sickness'),
};
const STATES = ['ARISEN', 'INFORMED', 'DECIDED', 'CLOSED'] as const;

function caseAt({ person, caseId, openedOn }: Sickness, states: number, registeredAt: string): FeedInput {
  return {
    type: 'case',
    id: caseId,
    registeredAt,
    source: 'KSD',
    ...OWN,
    caseNumber: `KSD-${caseId.slice(0, 8)}`,
    title: 'Sygedagpenge',
    facet: 'G01',
    history: STATES.slice(0, states).map((state, i) => ({ state, on: addDays(openedOn, i) })),
    parties: [{ role: 'PRIMARY', person: urnOf(person) }],
  };
}

function documentOn(
  random: Random,
  { person, caseId, openedOn }: Sickness,
  title: string,
  registeredAt: string,
): FeedInput {
  return {
    type: 'document',
    id: random.uuid(),
    registeredAt,
    source: 'KSD',
    ...OWN,
    title,
    documentType: 'INCOMING_LETTER',
    state: 'RECEIVED',
    letterDate: openedOn,
    caseIds: [caseId],
    parties: [urnOf(person)],
  };
}

function grantOf(
  { person, caseId, grantId, openedOn }: Sickness,
  status: 'ACTIVE' | 'PASSIVE',
  registeredAt: string,
): FeedInput {
  return {
    type: 'grant',
    id: grantId,
    registeredAt,
    source: 'KSD',
    ownerCvr: KORSBAEK,
    sensitivity: 2,
    status,
    startsOn: openedOn,
    caseId,
    party: urnOf(person),
    benefits: [{ id: caseId, name: 'Sygedagpenge', kle: SICKNESS_KLE, startsOn: openedOn }],
  };
}

function paymentOf(
  random: Random,
  { grantId, openedOn, payments }: Sickness,
  registeredAt: string,
): FeedInput {
  const periodFrom = addDays(openedOn, 7 * payments);
  const grossOre = random.int(300_000, 480_000);
  return {
    type: 'payment',
    id: random.uuid(),
    registeredAt,
    source: 'KSD',
    grantId,
    ownerCvr: KORSBAEK,
    periodFrom,
    periodTo: addDays(periodFrom, 6),
    disposalDate: addDays(periodFrom, 7),
    grossOre,
    afterTaxOre: Math.round(grossOre * 0.62),
    sentOre: Math.round(grossOre * 0.62),
    lines: [{ text: 'Sygedagpenge', kle: SICKNESS_KLE, amountOre: grossOre }],
  };
}
