import { DATABASE_PREFIX } from '../../store/connection.js';
import { type CollectionShards, COLLECTIONS, shardCommands } from '../../store/sharding.js';

/** @returns the commands for mongosh as docs/operations.md prints them. */
export function shardCommandsBlock(): string {
  return ['```js', ...shardCommands((part) => `${DATABASE_PREFIX}${part}`), '```'].join('\n');
}

/** @returns docs/sharding.md, made from the list of collections. */
export function renderShards(): string {
  return [
    '# Sharding',
    '',
    'What is decided for each collection on a sharded MongoDB, made from `store/sharding.ts`. Why the keys are these:',
    '[027](decisions/027-sharding-by-id-and-the-log-by-its-chains.md); the commands: [operations.md](operations.md).',
    '',
    '## Sharded collections',
    '',
    '| Collection | Shard key | Why | Asked of every shard | Held unique |',
    '|---|---|---|---|---|',
    ...COLLECTIONS.filter(({ key }) => key !== null).map(
      (collection) =>
        `| ${nameOf(collection)} | ${keyOf(collection)} | ${collection.why} | ${collection.scatters.join('; ') || '–'} | ${uniqueOf(collection)} |`,
    ),
    '',
    '## Collections that are whole',
    '',
    'They lie on the primary shard of their database, where every unique index holds as it does without shards. Different databases may have different primary',
    'shards.',
    '',
    '| Collection | Why | Held unique |',
    '|---|---|---|',
    ...COLLECTIONS.filter(({ key }) => key === null).map(
      (collection) => `| ${nameOf(collection)} | ${collection.why} | ${uniqueOf(collection)} |`,
    ),
    '',
  ].join('\n');
}

const nameOf = ({ part, name }: CollectionShards) => `\`${part}.${name}\``;

const keyOf = ({ key }: CollectionShards) =>
  Object.entries(key ?? {})
    .map(([field, kind]) => (kind === 1 ? `\`${field}\`` : `\`${field}\` (${kind})`))
    .join(', ');

const uniqueOf = ({ unique }: CollectionShards) =>
  ['`_id`', ...unique.map(({ index, id }) => `index \`${index}\`; \`_id\` is \`${id}\``)].join('; ');
