/** An object of the log and the persons and companies it is about. */
export interface PartiesOfObject {
  readonly object: string;
  readonly persons: readonly string[];
}

/** @returns whom records are about, for the log: nothing of their content. */
export function partiesOf(
  records: readonly { readonly _id: string; readonly partyIds: readonly string[] }[],
): PartiesOfObject[] {
  return records.map(({ _id: object, partyIds: persons }) => ({ object, persons }));
}

/** @returns each person once, with the objects that are about that person. */
export function objectsByPerson(parties: readonly PartiesOfObject[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { object, persons } of parties)
    for (const person of new Set(persons)) found.set(person, [...(found.get(person) ?? []), object]);
  return found;
}
