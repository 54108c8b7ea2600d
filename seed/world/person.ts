import { addDays } from '../../subgraphs/shared/days/calendar.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import type { Municipality } from '../authorities.js';
import { noon } from '../days.js';
import type { Random } from '../random.js';
import { GIVEN_NAMES, STREETS, SURNAMES } from './names.js';

export type PersonInput = Extract<FeedInput, { type: 'person' }>;
export type Sex = 'FEMALE' | 'MALE';

/** What the generator needs of the world: one place for chance, numbers and today. */
export interface World {
  readonly random: Random;
  /** Today, YYYY-MM-DD. */
  readonly today: string;
  readonly issueCpr: (birthDate: string, sex: Sex) => string;
}

/** @returns the party reference of a personal number. */
export function urn(cpr: string): string {
  return `urn:oio:cpr-nr:${cpr}`;
}

/** @returns a birth day so many years ago, never a 1 January. */
export function birthDay({ random, today }: World, years: number): string {
  const year = Number(today.slice(0, 4)) - years;
  const day = addDays(`${year}-01-02`, random.int(0, 362));
  const past = day < today ? day : addDays(today, -random.int(1, 200));
  return past.endsWith('-01-01') ? addDays(past, -1) : past;
}

/** @returns an address line as the register writes it. */
export function addressLine({ random }: World, { postcode, town }: Municipality): string {
  const letter = random.chance(0.15) ? random.pick(['A', 'B', 'C']) : '';
  const floor = random.chance(0.4) ? `, ${random.int(1, 4)}. ${random.pick(['tv', 'th', 'mf'])}` : '';
  return `${random.pick(STREETS)} ${random.int(1, 180)}${letter}${floor}, ${postcode} ${town}`;
}

export interface PersonOptions {
  readonly years: number;
  readonly sex: Sex;
  readonly surname: string;
  readonly home: Municipality;
  readonly line: string;
  readonly civilStatus?: PersonInput['civilStatus'];
}

/** @returns a generated person living at an address, now and then with a former address elsewhere. */
export function makePerson(
  world: World,
  options: PersonOptions,
  elsewhere: readonly Municipality[],
): PersonInput {
  const { random, today } = world;
  const birthDate = birthDay(world, options.years);
  const movedIn = addDays(today, -random.int(100, 5000));
  const from = movedIn > birthDate ? movedIn : birthDate;
  const before =
    random.chance(0.3) && from > birthDate
      ? random.pick(random.chance(0.2) ? elsewhere : [options.home])
      : undefined;
  const middle = random.chance(0.3) ? ` ${random.pick(SURNAMES)}` : '';
  return {
    type: 'person',
    id: random.uuid(),
    registeredAt: noon(addDays(today, -random.int(1, 300))),
    source: 'CPR',
    cpr: world.issueCpr(birthDate, options.sex),
    birthDate,
    name: `${random.pick(GIVEN_NAMES[options.sex])}${middle} ${options.surname}`,
    sex: options.sex,
    civilStatus: options.civilStatus ?? 'UNMARRIED',
    protectedAddress: random.chance(0.01),
    addresses: [
      { line: options.line, municipalityCvr: options.home.cvr, from, to: null },
      ...(before
        ? [{ line: addressLine(world, before), municipalityCvr: before.cvr, from: birthDate, to: from }]
        : []),
    ],
  };
}
