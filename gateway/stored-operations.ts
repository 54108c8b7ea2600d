import { operationId } from '../schema/operation-id.js';

/** Stored operations by `sha256:<hex>` of their text. */
export type StoredOperations = ReadonlyMap<string, string>;

/** What callers may run: the stored operations alone, or documents of their own as well. */
export const OPERATIONS_ALLOWED = ['stored', 'any'] as const;

/**
 * @param setting what the operator allows by name; undefined when nothing is said
 * @returns whether callers may run documents of their own; in production only where the operator says so
 */
export function runsAnyOperation(
  setting: (typeof OPERATIONS_ALLOWED)[number] | undefined,
  production: boolean,
): boolean {
  return (setting ?? (production ? 'stored' : 'any')) === 'any';
}

/** @returns the operations by the id a client sends. */
export function storeOperations(texts: readonly string[]): StoredOperations {
  return new Map(texts.map((text) => [operationId(text), text]));
}
