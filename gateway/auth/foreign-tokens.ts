import type { SignInLog } from '../sessions/sign-in-log.js';
import type { RecordForeign } from './bearer.js';

/**
 * Records tokens for an authority that their issuer does not speak for, in that authority's own log, so that its controller
 * sees who claimed to act for it. An authority nobody here speaks for has no log: those stand in the installation's.
 * @param authorities CVR numbers of the authorities of this installation
 */
export function foreignTokenRecorder(
  log: Pick<SignInLog, 'note'>,
  authorities: ReadonlySet<string>,
): RecordForeign {
  return ({ issuer, cvr, subject }, requestId) =>
    log.note({
      event: 'signed-in',
      requestId,
      refused: 'ISSUER_AUTHORITY',
      cvr: authorities.has(cvr) ? cvr : null,
      user: subject,
      criteria: [
        { name: 'issuer', value: issuer },
        { name: 'authority', value: cvr },
      ],
    });
}
