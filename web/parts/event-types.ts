import type { AlertEventType } from '../generated/operations.js';

/** What sets alerts off, in the order in which it is offered. */
export const EVENT_TYPES: readonly AlertEventType[] = [
  'CASE_ARISEN',
  'CASE_CLOSED',
  'GRANT_ACTIVE',
  'GRANT_PASSIVE',
  'REGISTER_EVENT',
  'GENERAL',
];
