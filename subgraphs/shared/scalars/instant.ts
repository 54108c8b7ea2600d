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
  const day = dayOf(numberIn(groups, 'year'), numberIn(groups, 'month'), numberIn(groups, 'day'));
  const offset = offsetOf(groups);
  if (day === undefined || numberIn(groups, 'year') < 1 || !isOnClock(groups) || offset === undefined)
    return undefined;
  const { hour = '', minute = '', second = '00' } = groups;
  const fraction = (groups['fraction'] ?? '').padEnd(9, '0');
  const utc = Date.parse(`${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3)}Z`);
  return { at: new Date(utc - offset * MINUTE_MS), nanos: Number(fraction.slice(3)) };
}

type Groups = Readonly<Record<string, string>>;

const numberIn = (groups: Groups, name: string): number => Number(ownValue(groups, name) ?? 0);

function isOnClock(groups: Groups): boolean {
  return (
    numberIn(groups, 'hour') < 24 &&
    ['minute', 'second', 'zoneMinute'].every((name) => numberIn(groups, name) < 60)
  );
}

/** @returns minutes east of UTC; undefined where no place on earth is */
function offsetOf(groups: Groups): number | undefined {
  const offset = numberIn(groups, 'zoneHour') * 60 + numberIn(groups, 'zoneMinute');
  if (offset > MAX_OFFSET_MINUTES) return undefined;
  return groups['sign'] === '-' ? -offset : offset;
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
