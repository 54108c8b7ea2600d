import { AUTHORITIES, type Municipality } from '../authorities.js';
import { SURNAMES } from './names.js';
import { addressLine, makePerson, type PersonInput, type Sex, urn, type World } from './person.js';

const oneSex = (world: World): Sex => (world.random.chance(0.5) ? 'FEMALE' : 'MALE');

/** Share of the generated families that live in the first municipality. */
const FIRST_SHARE = 0.8;

/** @returns a family at one address, related to each other: one or two adults and up to three children. */
export function makeFamily(world: World): PersonInput[] {
  const { random } = world;
  const home = random.chance(FIRST_SHARE) ? AUTHORITIES[0] : random.pick(AUTHORITIES.slice(1));
  const elsewhere: Municipality[] = AUTHORITIES.filter((other) => other.cvr !== home.cvr);
  const line = addressLine(world, home);
  const surname = random.pick(SURNAMES);
  const years = random.int(20, 88);
  const couple = random.chance(0.45);
  const civilStatus = couple ? 'MARRIED' : random.pick(['UNMARRIED', 'DIVORCED', 'WIDOWED'] as const);
  const adults = Array.from({ length: couple ? 2 : 1 }, () =>
    makePerson(
      world,
      { years: years + random.int(-2, 2), sex: oneSex(world), surname, home, line, civilStatus },
      elsewhere,
    ),
  );
  const childCount = years < 55 && random.chance(0.5) ? random.int(1, 3) : 0;
  const children = Array.from({ length: childCount }, () =>
    makePerson(
      world,
      {
        years: Math.max(0, Math.min(17, years - 24 - random.int(0, 8))),
        sex: oneSex(world),
        surname,
        home,
        line,
      },
      elsewhere,
    ),
  );
  return relate(adults, children);
}

/** @returns the persons with their relations to each other. */
function relate(adults: readonly PersonInput[], children: readonly PersonInput[]): PersonInput[] {
  const spouses = (self: PersonInput) =>
    adults
      .filter((other) => other !== self)
      .map((other) => ({ relation: 'SPOUSE' as const, person: urn(other.cpr) }));
  const parents = adults.map((adult) => ({ relation: 'PARENT' as const, person: urn(adult.cpr) }));
  const offspring = children.map((child) => ({ relation: 'CHILD' as const, person: urn(child.cpr) }));
  return [
    ...adults.map((adult) => ({ ...adult, relations: [...spouses(adult), ...offspring] })),
    ...children.map((child) => ({ ...child, relations: parents })),
  ];
}
