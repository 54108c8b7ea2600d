/** What a connection string may say of what is pinned, in the driver's spelling, and nothing else. */
const PINNED: ReadonlyMap<string, readonly [name: string, value: string]> = new Map(
  (
    [
      ['w', 'majority'],
      ['journal', 'true'],
      ['readConcernLevel', 'majority'],
      ['readPreference', 'primary'],
    ] as const
  ).map((pinned) => [pinned[0].toLowerCase(), pinned]),
);
/** Options that contradict what is pinned whatever their value. */
const REFUSED: ReadonlyMap<string, string> = new Map(
  ['readPreferenceTags', 'maxStalenessSeconds'].map((name) => [name.toLowerCase(), name]),
);

/** Raised at the start for a connection string that asks for weaker promises than the product makes. */
class ConflictingOption extends Error {
  constructor(option: string, wanted: string) {
    super(
      `the connection string sets ${option}, which is pinned: ${wanted}; take the option out of the string`,
    );
    this.name = 'ConflictingOption';
  }
}

/**
 * @param uri a MongoDB connection string
 * @returns the names of its options, in lower case. Throws ConflictingOption for one that contradicts what is pinned; the text has no
 *   other part of the string, which may hold a password.
 */
export function optionsOf(uri: string): ReadonlySet<string> {
  const mark = uri.indexOf('?');
  const options = new URLSearchParams(mark < 0 ? '' : uri.slice(mark + 1));
  const names = new Set<string>();
  for (const [name, value] of options) {
    const option = name.toLowerCase();
    const pinned = PINNED.get(option);
    if (pinned && pinned[1] !== value.toLowerCase())
      throw new ConflictingOption(pinned[0], `it is ${pinned[1]} for every database`);
    const refused = REFUSED.get(option);
    if (refused !== undefined) throw new ConflictingOption(refused, 'reads go to the primary');
    names.add(option);
  }
  return names;
}
