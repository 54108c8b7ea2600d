import { present } from '../../subgraphs/shared/certain/present.js';
import { addDays } from '../../subgraphs/shared/days/calendar.js';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';
import type { SensitivityRank } from '../../subgraphs/shared/policy/sensitivity.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import { AUTHORITIES, unitId } from '../authorities.js';
import { sourceByCode } from '../source-systems.js';
import { makeGrant, makeGrantAlert } from './benefits.js';
import { makeCase, makeCaseAlert, makeDocument, makeNote } from './case-files.js';
import type { PersonInput, World } from './person.js';

const MUNICIPAL = ['KSD', 'KY', 'KP', 'KMD_SAG', 'SBSYS', 'DUBU', 'JOBCENTER', 'EOJ'] as const;
const PAYING = new Set(['KSD', 'KY', 'KP']);
const UDK_SOURCES = ['UDK_FAMILIE', 'UDK_BARSEL', 'UDK_BOLIG', 'UDK_PENSION', 'UDK_SAL'] as const;

/** How sensitive a system's cases mostly are. */
const USUAL_SENSITIVITY: Readonly<Record<string, SensitivityRank>> = { DUBU: 3, EOJ: 3, JOBCENTER: 2 };

function sensitivityOf(world: World, code: string): SensitivityRank {
  if (world.random.chance(0.01)) return 4;
  return ownValue(USUAL_SENSITIVITY, code) ?? (world.random.chance(0.2) ? 1 : 2);
}

/** @returns everything the source systems have on a generated person. */
export function lifeOf(world: World, person: PersonInput): FeedInput[] {
  const { random } = world;
  const homeCvr =
    present(person.addresses[0], 'the address of a person').municipalityCvr ?? AUTHORITIES[0].cvr;
  const cases = Array.from({ length: random.int(0, 4) }, () => caseOf(world, person, homeCvr)).flat();
  const fromUdk = random.chance(0.5) ? udkGrant(world, person, homeCvr) : [];
  return [...cases, ...fromUdk, ...remarksOf(world, person, homeCvr)];
}

function caseOf(world: World, person: PersonInput, ownerCvr: string): FeedInput[] {
  const { random, today } = world;
  const source = sourceByCode(random.pick(MUNICIPAL));
  const openedOn = addDays(today, -random.int(20, 2000));
  const sensitivity = sensitivityOf(world, source.code);
  const made = makeCase(world, person.cpr, {
    source,
    ownerCvr,
    sensitivity,
    openedOn,
    closed: random.chance(0.4),
  });
  const documents = Array.from({ length: random.int(1, 5) }, () => makeDocument(world, person.cpr, made));
  const notes = Array.from({ length: random.int(0, 2) }, () => makeNote(world, made));
  const alert = random.chance(0.5) ? [makeCaseAlert(world, person.cpr, made)] : [];
  const granted =
    PAYING.has(source.code) && random.chance(0.85)
      ? makeGrant(world, person.cpr, {
          source,
          ownerCvr,
          sensitivity,
          kle: made.kle,
          behind: made,
          ...period(world),
        })
      : [];
  return [made, ...documents, ...notes, ...alert, ...granted];
}

function udkGrant(world: World, person: PersonInput, homeCvr: string): FeedInput[] {
  const source = sourceByCode(world.random.pick(UDK_SOURCES));
  const [grant, ...payments] = makeGrant(world, person.cpr, {
    source,
    ownerCvr: present(source.ownerCvr, 'the owner of a source of benefits'),
    sensitivity: 2,
    ...period(world),
  });
  const alert = makeGrantAlert(world, person.cpr, grant, homeCvr, unitId(homeCvr, 'benefits'));
  return [grant, ...payments, ...(world.random.chance(0.5) ? [alert] : [])];
}

function period({ random }: World): { monthsBack: number; endedMonthsBack?: number } {
  const monthsBack = random.int(6, 26);
  return random.chance(0.5)
    ? { monthsBack }
    : { monthsBack, endedMonthsBack: random.int(1, Math.min(monthsBack - 1, 12)) };
}

function remarksOf(world: World, person: PersonInput, cvr: string): FeedInput[] {
  if (!world.random.chance(0.04)) return [];
  const [remarkType, text] = world.random.pick([
    ['OBS Tolk', 'Der er behov for tolk.'],
    ['OBS Handicap', 'Bruger kørestol; mødelokale i stueetagen.'],
    ['OBS Partsrepræsentant', 'Repræsenteres af pårørende.'],
  ] as const);
  const validFrom = addDays(world.today, -100);
  return [
    {
      type: 'remark',
      id: world.random.uuid(),
      registeredAt: `${validFrom}T08:00:00.000Z`,
      source: 'OVERBLIK',
      cvr,
      person: `urn:oio:cpr-nr:${person.cpr}`,
      remarkType,
      text,
      validFrom,
    },
  ];
}
