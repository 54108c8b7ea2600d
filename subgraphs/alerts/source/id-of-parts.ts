import { createHash } from 'node:crypto';

/** @returns the id of what the parts name together: a UUID that is the same whenever it is made */
export function idOfParts(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
