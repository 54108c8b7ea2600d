/** A shard key as `sh.shardCollection` takes it. */
type ShardKey = Readonly<Record<string, 1 | 'hashed'>>;

/** What is decided for one collection of the product on a sharded MongoDB (docs/operations.md, ADR 027). */
export interface CollectionShards {
  /** Part of the graph it belongs to, and its name: it lies in the database `overblik_<part>`. */
  readonly part: string;
  readonly name: string;
  /** Null: it is not sharded and lies whole on the primary shard of its database. */
  readonly key: ShardKey | null;
  /** What was decisive. */
  readonly why: string;
  /** Reads that every shard is asked for, since they name no shard key. */
  readonly scatters: readonly string[];
  /** Unique indexes beside `_id`, and what `_id` consists of; with each key above nothing else can be unique over all shards. */
  readonly unique: readonly { readonly index: string; readonly id: string }[];
}

const HASHED = { _id: 'hashed' } as const;

type Rest = Partial<Pick<CollectionShards, 'scatters' | 'unique'>>;

const of =
  (part: string) =>
  (name: string, key: ShardKey | null, why: string, rest: Rest = {}): CollectionShards => ({
    part,
    name,
    key,
    why,
    scatters: [],
    unique: [],
    ...rest,
  });

const BY_ID = 'grows with citizens; read and written by id, and parties are lists, which no shard key may be';
const BY_USERS = 'grows with users, and what is too old goes';
const BY_AUTHORITY = 'grows with authorities: some thousands';
const BRIEF = 'empty but for what is under way';

/** What every part that takes records keeps beside them. */
function besideRecords(part: string): CollectionShards[] {
  const collection = of(part);
  return [
    collection('history', HASHED, 'grows with registrations', {
      scatters: ['registrations of a record, when it is taken away'],
    }),
    collection('removed', HASHED, 'grows with removals; read by id alone'),
    collection('handovers', null, BRIEF),
    ...besideAll(part),
  ];
}

function besideAll(part: string): CollectionShards[] {
  const collection = of(part);
  return [
    collection('freshness', null, 'one for each source and authority'),
    collection('reference', null, 'topics and units: some thousands'),
    collection('renewals', null, 'a few marks'),
  ];
}

const citizens = of('citizens');
const cases = of('cases');
const documents = of('documents');
const benefits = of('benefits');
const alerts = of('alerts');
const access = of('access');
const audit = of('audit');
const seed = of('seed');

/** Every collection of the product. A collection that is not here is none: an import refuses it, and a test names it. */
export const COLLECTIONS: readonly CollectionShards[] = [
  citizens('citizens', HASHED, BY_ID, {
    scatters: ['search by number, name, address or birth date', 'household and relatives'],
  }),
  citizens('companies', HASHED, 'grows with companies; read and written by id', {
    scatters: ['search by number or name'],
  }),
  citizens('ties', HASHED, BY_ID, { scatters: ['what ties a person, when a tie changes'] }),
  citizens('remarks', null, 'few, written by hand'),
  citizens('own-persons', null, BY_USERS),
  ...besideRecords('citizens'),
  cases('cases', HASHED, BY_ID, { scatters: ["a person's cases", 'search by case number'] }),
  cases('notes', HASHED, BY_ID, { scatters: ["a case's notes"] }),
  cases('handedNotes', null, 'written by hand, and what is settled goes'),
  ...besideRecords('cases'),
  documents('documents', HASHED, BY_ID, { scatters: ["a person's documents", "a case's documents"] }),
  ...besideRecords('documents'),
  benefits('grants', HASHED, BY_ID, { scatters: ["a person's grants", 'grants of a case'] }),
  benefits('payments', HASHED, BY_ID, { scatters: ["a grant's payments"] }),
  ...besideRecords('benefits'),
  alerts('alerts', HASHED, BY_ID, {
    scatters: ["an inbox's page and counts", "a person's alerts", 'what has changed', 'clean-up'],
  }),
  alerts('messages', HASHED, 'grows with messages, which are remembered for 90 days', {
    scatters: ['whether a message was handled for any authority', 'clean-up'],
  }),
  alerts('early-messages', null, 'those alone that wait for whom they are about'),
  alerts('groups', null, BY_AUTHORITY),
  alerts('groupVersions', null, BY_AUTHORITY),
  alerts('reminders', null, BY_USERS),
  alerts('searches', null, BY_USERS),
  ...besideRecords('alerts'),
  access('governed', null, BY_AUTHORITY, {
    unique: [{ index: 'authority', id: '<kind>|<cvr>|<key>' }],
  }),
  access('archive', null, BY_AUTHORITY),
  access('versions', null, BY_AUTHORITY),
  access('authorities', null, BY_AUTHORITY),
  access('providers', null, BY_AUTHORITY),
  access('users', null, BY_USERS),
  access('lifts', null, BY_USERS),
  access('simulations', null, BRIEF),
  access('systems', null, 'one for each source system'),
  access('sequences', null, 'one for each source system'),
  access('rejects', null, 'at most 10,000 for each source system'),
  access('assertions', null, 'kept for two minutes'),
  access('sessions', null, BY_USERS),
  access('signIns', null, BY_USERS),
  access('jumps', null, BY_USERS),
  access('once', null, BY_USERS),
  access('lookUps', null, BY_USERS),
  ...besideAll('access'),
  audit(
    'entries',
    { writer: 1, cvr: 1, seq: 1 },
    "grows with each look-up; what a process writes at once lies on one shard, so that a look-up waits for one shard's disks, and the key is the chain's unique index",
    {
      scatters: ['a page of the log, which is of one authority and not of one writer'],
      unique: [{ index: 'chain', id: '<writer>:<cvr>:<seq>' }],
    },
  ),
  audit('checkpoints', { writer: 1, no: 1 }, 'one a minute of each process; the key is its unique index', {
    unique: [{ index: 'writer', id: '<writer>:<no>' }],
  }),
  audit('key-changes', null, 'one for each change of the key'),
  seed('begun', null, 'one mark, of development alone'),
  seed('seeds', null, 'one mark, of development alone'),
];

/** The parts of the graph that have a database of their own, in the order of the collections. */
export const PARTS: readonly string[] = [...new Set(COLLECTIONS.map(({ part }) => part))];

/**
 * @param database how a part's database is called
 * @returns the commands for mongosh that shard an empty MongoDB as decided, one a line
 */
export function shardCommands(database: (part: string) => string): string[] {
  return PARTS.flatMap((part) => {
    const own = COLLECTIONS.filter((collection) => collection.part === part);
    return own.flatMap(({ name, key, unique }) => {
      if (key === null) return [];
      const fields = Object.entries(key).map(([field, kind]) => `${field}: ${JSON.stringify(kind)}`);
      const isUnique = unique.length > 0 ? ', true' : '';
      return [`sh.shardCollection("${database(part)}.${name}", { ${fields.join(', ')} }${isUnique})`];
    });
  });
}
