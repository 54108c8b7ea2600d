import { z } from 'zod';
import { dayOf } from '../days/calendar.js';
import { ownValue } from '../names/own-value.js';

/** What a time from outside must be. */
export const INSTANT_RULE =
  'a time with Z or an offset, as 2026-01-31T12:00:00Z: seconds may be left out, and have up to nine decimals';

const WRITTEN =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[Tt](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?<zone>[Zz]|(?<sign>[+-])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?)$/;
const MAX_LENGTH = 40;
const MINUTE_MS = 60_000;
/** No place on earth is further from UTC. */
const MAX_OFFSET_MINUTES = 14 * 60;

/** A moment with the part of it that a Date cannot hold. */
export interface Instant {
  readonly at: Date;
  /** Nanoseconds after `at`, less than a million. */
  readonly nanos: number;
}

/**
 * Reads a time as systems write it (RFC 3339 and ISO 8601): with `Z` or an offset, with or without seconds, with up to nine decimals.
 * @returns undefined for anything else, days and hours that no clock shows among it
 */
export function readInstant(text: string): Instant | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const groups = WRITTEN.exec(text)?.groups;
  if (!groups) return undefined;
  const part = (name: string): number => Number(ownValue(groups, name) ?? 0);
  const day = dayOf(part('year'), part('month'), part('day'));
  const offset = part('zoneHour') * 60 + part('zoneMinute');
  const isClock = part('hour') < 24 && part('minute') < 60 && part('second') < 60 && part('zoneMinute') < 60;
  if (day === undefined || part('year') < 1 || !isClock || offset > MAX_OFFSET_MINUTES) return undefined;
  const fraction = (groups['fraction'] ?? '').padEnd(9, '0');
  const time = `${groups['hour'] ?? ''}:${groups['minute'] ?? ''}:${groups['second'] ?? '00'}`;
  const utc = Date.parse(`${day}T${time}.${fraction.slice(0, 3)}Z`);
  const shift = (groups['sign'] === '-' ? offset : -offset) * MINUTE_MS;
  return { at: new Date(utc + shift), nanos: Number(fraction.slice(3)) };
}

/** A time that comes from outside; to the millisecond. */
export const instantShape = z
  .string()
  .meta({ format: 'date-time' })
  .transform((text, context): Date => {
    const instant = readInstant(text);
    if (instant) return instant.at;
    context.addIssue({ code: 'custom', message: INSTANT_RULE });
    return z.NEVER;
  });
