import { isJsonObject, type JsonObject } from '../../subgraphs/shared/certain/json-object.js';
import { ownValue, setOwnValue } from '../../subgraphs/shared/names/own-value.js';

/** Brings what one subgraph answered into what is there of the same object: fields are added, objects and lists joined. */
export function merge(target: JsonObject, source: JsonObject): void {
  for (const [key, value] of Object.entries(source)) {
    const known = ownValue(target, key);
    if (isJsonObject(known) && isJsonObject(value)) merge(known, value);
    else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length)
      mergeLists(known, value);
    else if (value !== undefined) setOwnValue(target, key, value);
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [at, value] of source.entries()) {
    const known = target[at];
    if (isJsonObject(known) && isJsonObject(value)) merge(known, value);
    else target[at] = value;
  }
}
