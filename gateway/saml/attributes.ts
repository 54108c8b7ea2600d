import { readPrivilegeList, type TokenRole } from '../../subgraphs/shared/identity/privilege-list.js';
import { PrivilegeListError } from '../../subgraphs/shared/identity/token-problems.js';
import {
  type Assurance,
  assuranceOf,
  isAtLeast,
  olderAssurance,
} from '../../subgraphs/shared/policy/assurance.js';
import { verbatimShape } from '../../subgraphs/shared/scalars/clean-text.js';
import { canonicalId } from '../../subgraphs/shared/scalars/uuid.js';
import type { Assertion } from './assertion.js';
import type { IdentityProvider } from './provider.js';
import { SamlRefusal } from './refusal.js';
import { MAX_RESPONSE } from './response.js';

/** Attribute names of OIOSAML 3 and 2, the newer first. */
const NAMES = {
  privileges: [
    'https://data.gov.dk/model/core/eid/privilegesIntermediate',
    'dk:gov:saml:attribute:Privileges_intermediate',
  ],
  version: ['https://data.gov.dk/model/core/specVersion', 'dk:gov:saml:attribute:SpecVer'],
  nsis: ['https://data.gov.dk/concept/core/nsis/loa'],
  olderLevel: ['dk:gov:saml:attribute:AssuranceLevel'],
  cvr: ['https://data.gov.dk/model/core/eid/professional/cvr', 'dk:gov:saml:attribute:CvrNumberIdentifier'],
  cpr: ['https://data.gov.dk/model/core/eid/cprNumber', 'dk:gov:saml:attribute:CprNumberIdentifier'],
} as const;

const VERSIONS = ['DK-SAML-2.0', 'OIO-SAML-3.0'];
const SUBJECT = verbatimShape(200);
const VALUE = verbatimShape(2000);
/** A list of privileges is base64, and may be broken into lines. */
const LIST = verbatimShape(MAX_RESPONSE, { lines: true });

/** What an assertion says of whoever signed in. */
export interface SamlFacts {
  readonly subject: string;
  readonly cvr: string;
  readonly roles: readonly TokenRole[];
  readonly assurance: Assurance;
  /** The user's own personal number, to find the own record by; kept nowhere. */
  readonly cpr: string | null;
}

/**
 * Reads who signed in, from attributes the signature covers.
 * @param cvr the authority the sign-in is for: the user's own, or one the provider's users may hold roles of
 * @throws SamlRefusal for attributes that are missing or malformed, a foreign authority, a level below Substantial and a
 * privilege list that is refused
 */
export function readFacts(assertion: Assertion, provider: IdentityProvider, cvr: string): SamlFacts {
  const value = (names: readonly string[]): string | null => single(assertion, names, cvr);
  if (!VERSIONS.includes(value(NAMES.version) ?? ''))
    throw new SamlRefusal('SAML_ATTRIBUTES', cvr, 'VERSION');
  const home = value(NAMES.cvr);
  if (home !== provider.cvr || (cvr !== home && !provider.delegated.includes(cvr)))
    throw new SamlRefusal('SAML_AUTHORITY', cvr);
  const nsis = value(NAMES.nsis);
  const older = value(NAMES.olderLevel);
  const assurance = nsis === null ? olderAssurance(older ?? '') : assuranceOf(nsis);
  if (assurance === undefined || !isAtLeast(assurance, 'SUBSTANTIAL'))
    throw new SamlRefusal('SAML_ASSURANCE', cvr);
  return {
    subject: subjectOf(assertion, cvr),
    cvr,
    roles: rolesOf(value(NAMES.privileges), cvr),
    assurance,
    cpr: value(NAMES.cpr),
  };
}

/**
 * An attribute given twice, under one name or both, says nothing that can be meant; an empty one says nothing. One that breaks the
 * rules for texts is as bad as missing.
 */
function single({ attributes }: Assertion, names: readonly string[], cvr: string): string | null {
  const [found = null, ...more] = names
    .flatMap((name) => attributes.get(name) ?? [])
    .filter((value) => value !== '');
  const isStructured = names.some((name) => attributes.get(name)?.includes(null));
  if (more.length > 0 || isStructured) throw new SamlRefusal('SAML_ATTRIBUTES', cvr, 'TWICE');
  const shape = names === NAMES.privileges ? LIST : VALUE;
  if (found !== null && !shape.safeParse(found).success)
    throw new SamlRefusal('SAML_ATTRIBUTES', cvr, 'TEXT');
  return found;
}

/** The serial of an X.509 subject name (`C=DK,O=<CVR>,CN=<name>,Serial=<uuid>`), or the persistent id itself. */
function subjectOf({ nameId }: Assertion, cvr: string): string {
  const serial = /(?:^|,)\s*Serial=([^,]+)/i.exec(nameId)?.[1];
  const subject = SUBJECT.safeParse((serial ?? nameId).trim());
  if (!subject.success) throw new SamlRefusal('SAML_ATTRIBUTES', cvr, 'NAME_ID');
  return canonicalId(subject.data);
}

function rolesOf(privileges: string | null, cvr: string): readonly TokenRole[] {
  if (privileges === null) return [];
  try {
    return readPrivilegeList(privileges, cvr).roles;
  } catch (error) {
    if (error instanceof PrivilegeListError) throw new SamlRefusal('SAML_PRIVILEGES', cvr, error.problem);
    throw error;
  }
}
