import { isJsonObject, type JsonObject } from '../../subgraphs/shared/certain/json-object.js';
import { ownValue, setOwnValue } from '../../subgraphs/shared/names/own-value.js';
import type { Required } from './plan.js';

/**
 * @returns what names an object to another subgraph: its type, key and required fields; undefined when one of them is not there, which
 * leaves the object out of the fetch
 */
export function representationOf(object: JsonObject, required: readonly Required[]): JsonObject | undefined {
  const found = select(object, required);
  return found !== null && found['__typename'] !== undefined ? found : undefined;
}

function select(source: unknown, required: readonly Required[]): JsonObject | null {
  if (!isJsonObject(source)) return null;
  const result: JsonObject = {};
  for (const selection of required) {
    if (selection.kind === 'InlineFragment') {
      // The graph has no abstract types: a condition is the type itself.
      if (selection.typeCondition !== source['__typename']) continue;
      const inner = select(source, selection.selections);
      if (inner === null) return null;
      Object.assign(result, inner);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const value = ownValue(source, name);
    if (value === undefined) return null;
    setOwnValue(result, name, selection.selections ? selectAll(value, selection.selections) : value);
  }
  return result;
}

function selectAll(value: unknown, required: readonly Required[]): unknown {
  return Array.isArray(value) ? value.map((item) => select(item, required)) : select(value, required);
}
