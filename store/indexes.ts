import { type Collection, type Document, MongoServerError } from 'mongodb';

/** An index declared beside the collection that needs it. */
export interface IndexDeclaration {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  /** Only records that pass are in it; a query has to name the same condition, or a part of it. */
  readonly partialFilterExpression?: Document;
}

/**
 * Creates the declared indexes; existing ones with the same definition are left alone.
 * @param retired names of indexes of earlier versions, which are dropped
 */
export async function ensureIndexes<T extends Document>(
  collection: Collection<T>,
  declarations: readonly IndexDeclaration[],
  retired: readonly string[] = [],
): Promise<void> {
  for (const name of retired) await dropIfThere(collection, name);
  if (declarations.length === 0) return;
  await collection.createIndexes(
    declarations.map((declaration) => ({ ...declaration, key: { ...declaration.key } })),
  );
}

/** What MongoDB answers when there is no such collection, or no such index. */
const NOT_THERE = [26, 27];

async function dropIfThere<T extends Document>(collection: Collection<T>, name: string): Promise<void> {
  try {
    await collection.dropIndex(name);
  } catch (error) {
    if (!(error instanceof MongoServerError && NOT_THERE.includes(Number(error.code)))) throw error;
  }
}
