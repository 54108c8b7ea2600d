import { z } from 'zod';

/** Values as they travel to an ingest endpoint: JSON with dates and maps marked, nothing else beside plain data. */
const DATE = '$date';
const MAP = '$map';

const heldShape = z.array(z.tuple([z.unknown(), z.unknown()]));

/** @returns the value as JSON text. */
export function encodeWire(value: unknown): string {
  return JSON.stringify(mark(value));
}

/** @returns the value that `encodeWire` was given. */
export function decodeWire(text: string): unknown {
  return unmark(JSON.parse(text));
}

function mark(value: unknown): unknown {
  if (value instanceof Date) return { [DATE]: value.toISOString() };
  if (value instanceof Map) {
    const held: ReadonlyMap<unknown, unknown> = value;
    return { [MAP]: [...held].map(([key, inner]) => [key, mark(inner)]) };
  }
  if (Array.isArray(value)) return value.map(mark);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner)]));
}

function unmark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    if (only[0] === DATE) return new Date(String(only[1]));
    if (only[0] === MAP) return new Map(heldShape.parse(only[1]).map(([key, inner]) => [key, unmark(inner)]));
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, unmark(inner)]));
}
