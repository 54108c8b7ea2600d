import { badInput } from '../../shared/errors/coded-error.js';

const PLACE = '{caseId}';
const MAX = 500;
/** Hosts that are reached without TLS: this machine's own names. */
const OWN_HOSTS = ['localhost', '127.0.0.1'];

/**
 * Checks the address a case opens at in its own system. @throws BAD_INPUT. Whether its host may be jumped to is decided
 * by the operator's list, at the jump.
 */
export function checkTemplate(template: string): string {
  const trimmed = template.trim();
  if (trimmed === '') return '';
  const [before = '', ...after] = trimmed.split(PLACE);
  if (trimmed.length > MAX || after.length !== 1 || /[{}\s]/.test([before, ...after].join('')))
    throw badInput('template', `an address of at most ${MAX} characters with ${PLACE} exactly once`);
  if (!URL.canParse(before) || !/^https?:\/\/[^/?#]+\//.test(before))
    throw badInput('template', `an address with ${PLACE} after the host`);
  const { protocol, hostname, username, password } = new URL(before);
  if (username !== '' || password !== '') throw badInput('template', 'an address without a user name');
  if (protocol !== 'https:' && !OWN_HOSTS.includes(hostname)) throw badInput('template', 'an https address');
  return trimmed;
}
