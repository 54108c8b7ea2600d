import type { Collection, Document } from 'mongodb';

/** An index declared beside the collection that needs it. */
export interface IndexDeclaration {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
}

/** Creates the declared indexes; existing ones with the same definition are left alone. */
export async function ensureIndexes<T extends Document>(
  collection: Collection<T>,
  declarations: readonly IndexDeclaration[],
): Promise<void> {
  if (declarations.length === 0) return;
  await collection.createIndexes(
    declarations.map((declaration) => ({ ...declaration, key: { ...declaration.key } })),
  );
}
