import { BSON, type Document } from 'mongodb';
import { z } from 'zod';
import type { IndexDeclaration } from '../indexes.js';

const direction = z.union([z.literal(1), z.literal(-1)]);
const document = z.record(z.string(), z.unknown());
const indexShape = z.strictObject({
  key: z.record(z.string(), z.union([direction, z.literal('hashed')])),
  name: z.string(),
  v: z.number().optional(),
  ns: z.string().optional(),
  background: z.boolean().optional(),
  unique: z.boolean().optional(),
  sparse: z.boolean().optional(),
  partialFilterExpression: document.optional(),
});
const fileShape = z.looseObject({ indexes: z.array(indexShape) });

/** @returns the text of `<collection>.metadata.json` as mongodump writes it and mongorestore reads it: extended JSON, canonical */
export function indexFile(name: string, indexes: readonly Document[]): string {
  const content = { indexes, collectionName: name, type: 'collection', options: {} };
  return BSON.EJSON.stringify(content, { relaxed: false });
}

/**
 * @param text what `indexFile` has written
 * @returns the indexes to be made: not that of `_id`, which every collection has, nor a hashed one, which comes with the shard key
 * @throws Error that names what it is not, when it is no such text
 */
export function indexesOf(text: string): IndexDeclaration[] {
  const { data, error } = fileShape.safeParse(parsed(text));
  if (!data) throw new Error(`is no description of indexes: ${error.issues[0]?.path.join('.') ?? ''}`);
  return data.indexes.flatMap(({ key, name, unique, sparse, partialFilterExpression }) => {
    const fields = z.record(z.string(), direction).safeParse(key);
    if (name === '_id_' || !fields.success) return [];
    return {
      name,
      key: fields.data,
      ...(unique && { unique }),
      ...(sparse && { sparse }),
      ...(partialFilterExpression && { partialFilterExpression }),
    };
  });
}

function parsed(text: string): unknown {
  try {
    return BSON.EJSON.parse(text, { relaxed: true });
  } catch {
    return undefined;
  }
}
