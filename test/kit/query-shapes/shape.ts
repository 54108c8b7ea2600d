import type { Document } from 'mongodb';
import { conditionsOf } from '../../../store/embedded/conditions.js';
import { isPlainObject } from '../../../store/embedded/query-operators.js';

/** A query without its values: where one stood, the name of its type stands; truth values, the empty text and nothing stay as they are. */
export interface QueryShape {
  readonly collection: string;
  readonly filter: Document;
  readonly sort: readonly (readonly [path: string, direction: 1 | -1])[];
  /** All, one, or a page. */
  readonly limit: 0 | 1 | typeof PAGE;
}

/** Rows of a page, and one that tells whether there is another. */
export const PAGE = 21;

type Command = Document;

/** @returns the shapes of the searches a command makes; none where records are found by their ids, or all of them are wanted */
export function shapesIn(name: string, command: Command): QueryShape[] {
  return searchesOf(name, command)
    .filter(({ filter, limit }) => !namesIds(filter) && !(isEmpty(filter) && !limit))
    .map(({ filter, sort, limit }) => ({
      collection: String(command[name]),
      // cast: a filter is a document, and so is its template
      filter: templateOf(filter) as Document,
      sort: sort instanceof Map ? [...sort] : Object.entries(sort ?? {}),
      limit: !limit ? 0 : Math.abs(limit) === 1 ? 1 : PAGE,
    }));
}

const isEmpty = (filter: Document): boolean => Object.keys(filter).length === 0;

interface Sent {
  readonly filter: Document;
  readonly sort?: Readonly<Record<string, 1 | -1>> | ReadonlyMap<string, 1 | -1>;
  readonly limit?: number;
}

function searchesOf(name: string, command: Command): Sent[] {
  switch (name) {
    case 'find':
      return [{ filter: command['filter'] ?? {}, sort: command['sort'], limit: command['limit'] }];
    case 'aggregate': {
      const stages: Document[] = command['pipeline'];
      const of = (stage: string) => stages.find((each) => stage in each)?.[stage];
      return [{ filter: of('$match') ?? {}, sort: of('$sort'), limit: of('$limit') }];
    }
    case 'distinct':
    case 'count':
      return [{ filter: command['query'] ?? {}, limit: command['limit'] }];
    case 'findAndModify':
      return [{ filter: command['query'] ?? {}, sort: command['sort'], limit: 1 }];
    case 'update':
      return command['updates'].map(({ q, multi }: Document) => ({ filter: q, limit: multi ? 0 : 1 }));
    case 'delete':
      return command['deletes'].map(({ q, limit }: Document) => ({ filter: q, limit }));
    default:
      return [];
  }
}

/** The store finds these by their ids, whatever else the filter asks. */
function namesIds(filter: Document): boolean {
  const id: unknown = filter['_id'];
  if (typeof id === 'string' || (isPlainObject(id) && '$in' in id)) return true;
  return [filter['$and'] ?? []].flat().some(namesIds);
}

function templateOf(value: unknown): unknown {
  if (value === null || value === '' || typeof value === 'boolean') return value;
  if (value instanceof Date) return 'date';
  if (Array.isArray(value)) {
    const kinds = new Set(value.map((item) => JSON.stringify(templateOf(item))));
    return [...kinds].sort().map((text): unknown => JSON.parse(text));
  }
  if (!isPlainObject(value)) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, templateOf(inner)]));
}

/** Facts that rights are decided by: a user's rights ask for them in as many ways as there are rights. */
const FACTS =
  /^(access|caseFacts|homes|ties|filedOnCase|hasCase|benefits|paymentFacts|places\.number|places\.tokens)\b/;

/** @returns what two queries share that are looked for in the same way: what an index can use, which fields the rest asks for, order and limit */
export function keyOf({ collection, filter, sort, limit }: QueryShape): string {
  const usable = conditionsOf(filter).map(
    ({ path, points }) => `${path}${points === undefined ? ' range' : ''}`,
  );
  const rest = pathsIn(filter, '').map((path) => (FACTS.test(path) ? 'facts' : path));
  return JSON.stringify([collection, usable.sort(), [...new Set(rest)].sort(), sort, limit]);
}

function pathsIn(filter: unknown, prefix: string): string[] {
  if (Array.isArray(filter)) return filter.flatMap((part) => pathsIn(part, prefix));
  if (!isPlainObject(filter)) return [prefix];
  return Object.entries(filter).flatMap(([name, inner]) => {
    const path = name.startsWith('$') ? prefix : prefix === '' ? name : `${prefix}.${name}`;
    return pathsIn(inner, path);
  });
}
