import { operationId } from '../schema/operation-id.js';

/** Stored operations by `sha256:<hex>` of their text (design.md §11). */
export type StoredOperations = ReadonlyMap<string, string>;

/** @returns the operations by the id a client sends. */
export function storeOperations(texts: readonly string[]): StoredOperations {
  return new Map(texts.map((text) => [operationId(text), text]));
}
