import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { CaseSides } from '../../subgraphs/shared/ports/shapes.js';
import type { PersonFacts } from '../../subgraphs/shared/records/events.js';
import { partyKey } from '../../subgraphs/shared/records/parties.js';
import type { Envelope } from './envelope.js';
import { typeOf } from './event-of.js';

/** Everybody a message is about, and whom it concerns with them. */
export interface MessageSurroundings {
  readonly subjects: readonly PersonFacts[];
  readonly spouses: readonly PersonFacts[];
  readonly household: readonly PersonFacts[];
  readonly secondary: readonly { readonly person: PersonFacts; readonly caseId: string }[];
  readonly caseId: string | null;
  /** Whether the case it is about, or a party of that, may yet come. */
  readonly awaitsCase: boolean;
  /** Whether anybody it is about is known: persons, or companies, to whom nobody is alerted. */
  readonly isKnown: boolean;
  /** Numbers of persons it names that are not known. */
  readonly unknown: readonly string[];
  /** Municipalities the persons live in, and those they lived in. */
  readonly currentHomes: readonly string[];
  readonly homes: readonly string[];
}

/** @param today `yyyy-mm-dd` in Denmark @returns whom a message is about, and whom it concerns with them */
export async function surroundings(
  ports: SubgraphPorts,
  envelope: Envelope,
  today: string,
): Promise<MessageSurroundings> {
  const { keys, caseId } = namedIn(envelope);
  const resolved = await ports.citizens.resolve(keys);
  const sides = caseId === null ? [] : await ports.cases.sides({ caseId });
  const primary = [...new Set([...resolved.values(), ...sides.flatMap((side) => side.primary)])];
  const { persons, ...near } = await ports.citizens.surroundings(primary, today);
  const others =
    typeOf(envelope) === 'PERSON'
      ? await throughCases(ports, primary)
      : sides.flatMap((side) => side.secondary.map((id) => ({ id, caseId: side.caseId })));
  return {
    ...near,
    subjects: persons,
    secondary: await secondaryParties(ports, others, today),
    caseId,
    awaitsCase: caseId !== null && awaits(sides),
    isKnown: primary.length > 0,
    unknown: keys.filter((key) => !resolved.has(key)),
  };
}

/** @returns whether a case, or a party of it, may yet come; a case that is there without a primary party has none coming */
export function awaits(sides: readonly CaseSides[]): boolean {
  return sides.length === 0 || sides.some(({ awaitsParty }) => awaitsParty);
}

/** Nobody it is about is known, person or company, and somebody may yet come: whom it names, the case, or a party of the case. */
export function isEarly({ isKnown, unknown, awaitsCase }: MessageSurroundings): boolean {
  return !isKnown && (unknown.length > 0 || awaitsCase);
}

/** @returns numbers of the persons, and id of the case, that an envelope names. */
function namedIn(envelope: Envelope): { readonly keys: string[]; readonly caseId: string | null } {
  const { objectRegistration, relatedObjects } = envelope.filterData;
  const own = { type: typeOf(envelope), id: objectRegistration.objectId };
  const named = [own, ...relatedObjects];
  return {
    keys: named.filter(({ type }) => type === 'PERSON').map(({ id }) => partyKey(id)),
    caseId: named.find(({ type }) => type === 'CASE')?.id ?? null,
  };
}

/** A person on the other side of a case. */
interface OnCase {
  readonly id: string;
  readonly caseId: string;
}

/** A person's own event concerns the primary parties of the cases in which the person is secondary party. */
async function throughCases(ports: SubgraphPorts, ids: readonly string[]): Promise<OnCase[]> {
  const cases = await Promise.all(ids.map((secondary) => ports.cases.sides({ secondary })));
  return cases.flat().flatMap(({ caseId, primary }) => primary.map((id) => ({ id, caseId })));
}

async function secondaryParties(
  ports: SubgraphPorts,
  others: readonly OnCase[],
  today: string,
): Promise<MessageSurroundings['secondary']> {
  const ids = others.map(({ id }) => id);
  const { persons } = await ports.citizens.surroundings(ids, today);
  const facts = new Map(persons.map((person) => [person.id, person]));
  return others.flatMap(({ id, caseId }) => {
    const person = facts.get(id);
    return person ? [{ person, caseId }] : [];
  });
}
