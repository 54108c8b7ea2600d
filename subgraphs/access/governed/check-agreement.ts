import type { AgreementInput } from '../../../schema/generated/access.js';
import { badInput } from '../../shared/errors/coded-error.js';
import { RECORD_KINDS } from '../../shared/policy/grants.js';
import { rankOf } from '../../shared/policy/sensitivity.js';
import { checkNumber, checkText } from '../../shared/scalars/check-text.js';
import type { AgreementContent } from '../source/records.js';
import { checkKle, type MappingReferences } from './check-mapping.js';

const KINDS = RECORD_KINDS;
const CODE = /^[A-Z][A-Z0-9_]{1,29}$/;
const MAX_STALE_HOURS = 366 * 24;

/** Checks a service agreement. @throws BAD_INPUT naming the field and the rule */
export function checkAgreement(
  input: AgreementInput,
  references: Pick<MappingReferences, 'kleNumbers'>,
): AgreementContent {
  if (!CODE.test(input.source)) throw badInput('source', 'a code of capital letters, digits and underscores');
  const kinds = KINDS.filter((kind) => input.kinds.includes(kind));
  if (kinds.length === 0 || kinds.length !== new Set(input.kinds).size)
    throw badInput('kinds', `at least one of ${KINDS.join(', ')}`);
  const { read = true, deliver = true, crossAuthority = false } = input;
  if (!read && !deliver) throw badInput('read', 'read, deliver or both');
  return {
    kind: 'agreement',
    source: input.source,
    name: checkText('name', input.name, 1, 255),
    kinds,
    read,
    deliver,
    kle: checkKle(input.kle, 'kle', references),
    sensitivity: rankOf(input.sensitivity),
    crossAuthority,
    staleAfterHours: checkNumber('staleAfterHours', input.staleAfterHours, 1, MAX_STALE_HOURS),
    ended: false,
  };
}
