import type { StoreFilter } from '../policy/store-filter.js';

/** When a source system registered a state. A Date holds milliseconds; what orders two registrations within one stands beside it. */
export interface RegistrationTime {
  readonly registeredAt: Date;
  /** Nanoseconds after `registeredAt`, below a million; left out for none. */
  readonly registeredNs?: number;
}

/** @returns the time of a registration alone, as it is stored. */
export function registrationTime({ registeredAt, registeredNs }: RegistrationTime): RegistrationTime {
  return registeredNs ? { registeredAt, registeredNs } : { registeredAt };
}

/** @returns below zero when `a` was registered before `b`, above when after, zero for the same registration. */
export function compareTimes(a: RegistrationTime, b: RegistrationTime): number {
  return a.registeredAt.getTime() - b.registeredAt.getTime() || (a.registeredNs ?? 0) - (b.registeredNs ?? 0);
}

/** @returns whether `a` was registered after `b`. */
export function isLater(a: RegistrationTime, b: RegistrationTime): boolean {
  return compareTimes(a, b) > 0;
}

/** @returns the store condition of what was registered at a time or before it. */
export function registeredBy({ registeredAt, registeredNs = 0 }: RegistrationTime): StoreFilter {
  return {
    $or: [
      { registeredAt: { $lt: registeredAt } },
      // What has no nanoseconds has none, and is not later.
      { registeredAt, registeredNs: { $not: { $gt: registeredNs } } },
    ],
  };
}

/** @returns a registration's time in ISO 8601, with nine decimals where three do not say it all; part of a history entry's id. */
export function writtenTime({ registeredAt, registeredNs = 0 }: RegistrationTime): string {
  const iso = registeredAt.toISOString();
  return registeredNs === 0 ? iso : `${iso.slice(0, -1)}${String(registeredNs).padStart(6, '0')}Z`;
}
