import type { Sensitivity } from '../../generated/operations.js';

/** From the least to the most. */
export const SENSITIVITIES: readonly Sensitivity[] = [
  'NOT_CONFIDENTIAL',
  'CONFIDENTIAL',
  'SENSITIVE',
  'SPECIALLY_PROTECTED',
];
