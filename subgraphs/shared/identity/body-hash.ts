import { createHash } from 'node:crypto';

/** The part of a subgraph request that an identity is bound to. */
export interface BoundBody {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** @returns SHA-256 (base64url) over query, operation name and variables. */
export function hashBody(body: BoundBody): string {
  const canonical = JSON.stringify([body.query, body.operationName ?? null, sortKeys(body.variables ?? {})]);
  return createHash('sha256').update(canonical).digest('base64url');
}

/** Key order must not matter: the two ends may build the variables in different order. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
