import { z } from 'zod';

/** Any 32 hexadecimal digits in the form 8-4-4-4-12: many systems make ids that no version of the RFC fits. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const WITHIN = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const LENGTH = 36;

/** @returns the UUID in lower case, as it is kept and compared everywhere; undefined for anything else. */
export function readUuid(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length !== LENGTH) return undefined;
  const lower = text.toLowerCase();
  return UUID.test(lower) ? lower : undefined;
}

/** @returns an id that may be a UUID or any other text as it is kept and compared: a UUID in lower case, the rest with its letters composed. */
export function canonicalId(id: string): string {
  return readUuid(id) ?? id.normalize('NFC');
}

/** @returns a text with every UUID in it in lower case, such as an id that is made of several. */
export function lowerCaseUuids(text: string): string {
  return text.replace(WITHIN, (uuid) => uuid.toLowerCase());
}

/** @returns an id as it is kept, and as it may stand in the log from before ids were kept in lower case. */
export function loggedSpellings(id: string): string[] {
  const uuid = readUuid(id);
  return uuid === undefined ? [id] : [uuid, uuid.toUpperCase()];
}

/** A UUID that comes from outside; lower case afterwards. */
export const uuidShape = z.guid({ error: 'a UUID' }).toLowerCase();
