import type { TokenProblem } from '../../shared/identity/token-problems.js';
import { isOwnName } from '../../shared/names/own-value.js';
import type { VoidReason } from '../../shared/policy/grants.js';

/** Why a part of a mapping or a token gives nothing. */
export type FindingCode =
  | VoidReason
  | TokenProblem
  | 'PARAMETER_MISSING'
  | 'ASSURANCE_TOO_LOW'
  | 'CONSTRAINT_NOT_DECLARED'
  | 'NO_MAPPING'
  | 'MAPPING_NOT_IN_FORCE'
  | 'USER_UNKNOWN';

const TEXTS: Readonly<Record<FindingCode, readonly [da: string, en: string]>> = {
  UNKNOWN_ROLE: ['Brugersystemrollen findes ikke.', 'There is no such system role.'],
  CVR_MISSING: ['Myndigheden mangler.', 'The authority is missing.'],
  KLE_MISSING: ['KLE-afgrænsning mangler.', 'The KLE constraint is missing.'],
  KLE_INVALID: ['En KLE-værdi er ugyldig.', 'A KLE value is invalid.'],
  SENSITIVITY_MISSING: ['Følsomhed mangler.', 'The sensitivity is missing.'],
  UNIT_EMPTY: ['Enhedsafgrænsningen er tom.', 'The unit constraint is empty.'],
  SYSTEM_EMPTY: ['Systemafgrænsningen er tom.', 'The system constraint is empty.'],
  CONSTRAINT_NOT_ALLOWED: ['Rollen har ikke denne afgrænsning.', 'The role has no such constraint.'],
  PARAMETER_MISSING: [
    'En værdi, der skal følge med login, mangler.',
    'A value that must come with the sign-in is missing.',
  ],
  ASSURANCE_TOO_LOW: [
    'Rollen kræver et højere sikringsniveau ved login.',
    'The role takes a sign-in of a higher level of assurance.',
  ],
  CONSTRAINT_NOT_DECLARED: [
    'Login indeholder en afgrænsning, som rollen ikke tager imod.',
    'The sign-in carries a constraint that the mapping does not take.',
  ],
  NO_MAPPING: ['Jobfunktionsrollen er ikke tilknyttet.', 'The job-function role is not mapped.'],
  MAPPING_NOT_IN_FORCE: ['Tilknytningen gælder ikke nu.', 'The mapping is not in force now.'],
  USER_UNKNOWN: ['Brugeren findes ikke i organisationen.', 'The organisation has no such user.'],
  TOKEN_UNREADABLE: ['Token kan ikke læses.', 'The token cannot be read.'],
  TOKEN_EXPIRED: ['Token er udløbet.', 'The token has expired.'],
  TOKEN_CLAIMS: ['Token mangler påkrævede oplysninger.', 'The token lacks compulsory claims.'],
  SIGNATURE_NOT_CHECKED: ['Underskriften er ikke kontrolleret her.', 'The signature is not checked here.'],
  OTHER_AUTHORITY: ['Login gælder en anden myndighed.', 'The sign-in is for another authority.'],
  PRIVILEGES_NOT_BASE64: ['Privilegielisten er ikke base64.', 'The privilege list is not base64.'],
  PRIVILEGES_TOO_LARGE: ['Privilegielisten er for stor.', 'The privilege list is too large.'],
  PRIVILEGES_NOT_UTF8: ['Privilegielisten er ikke UTF-8.', 'The privilege list is not UTF-8.'],
  PRIVILEGES_DOCTYPE: ['Privilegielisten har en DOCTYPE.', 'The privilege list has a DOCTYPE.'],
  PRIVILEGES_NOT_XML: [
    'Privilegielisten er ikke en gyldig liste.',
    'The privilege list is not a valid list.',
  ],
  GROUP_INVALID: [
    'Gruppen er ikke opbygget som en privilegiegruppe.',
    'The group is not built as a privilege group.',
  ],
  SCOPE_UNKNOWN: ['Gruppens område er ukendt.', 'The scope of the group is unknown.'],
  SCOPE_FOREIGN: ['Gruppen gælder en anden myndighed.', 'The group is for another authority.'],
  CONSTRAINT_UNKNOWN: ['En afgrænsning er ukendt.', 'A constraint is unknown.'],
  CONSTRAINT_INVALID: ['En afgrænsning har en ugyldig værdi.', 'A constraint has an invalid value.'],
};

export interface Finding {
  readonly code: string;
  readonly textDa: string;
  readonly textEn: string;
}

/** @returns a finding in words. */
export function finding(code: FindingCode): Finding {
  const [textDa, textEn] = TEXTS[code];
  return { code, textDa, textEn };
}

/** @returns whether a text is the code of a finding. */
export function isFindingCode(code: string): code is FindingCode {
  return isOwnName(TEXTS, code);
}
