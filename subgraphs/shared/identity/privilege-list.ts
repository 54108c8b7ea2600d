import { isKlePattern } from '../policy/kle.js';
import type { SensitivityRank } from '../policy/sensitivity.js';
import { higherRank } from '../policy/sensitivity.js';
import { readUuid } from '../scalars/uuid.js';
import { readGroup } from './privilege-group.js';
import { type PrivilegeGroupProblem, PrivilegeListError } from './token-problems.js';
import { readXml, type XmlElement, XmlError, type XmlLimits } from './xml-document.js';

/** A job-function role of a token, with the constraint values that came with it. */
export interface TokenRole {
  readonly uri: string;
  /** CVR number of the privilege group's scope. */
  readonly scope: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: SensitivityRank;
  readonly units?: readonly string[];
}

/** A part of a list that gives nothing. */
export interface VoidGroup {
  /** The privilege's URI, or the scope of a group none of whose privileges count. */
  readonly uri: string;
  readonly problem: PrivilegeGroupProblem;
}

export interface PrivilegeList {
  readonly roles: readonly TokenRole[];
  readonly voids: readonly VoidGroup[];
}

const MAX_BASE64 = 128 << 10;
const MAX_GROUPS = 500;
const MAX_VALUES = 500;
const LIMITS: XmlLimits = { depth: 8, elements: 10_000, attributes: 16, namespaces: 2000, value: 2000 };
const CVR_SCOPE = /^urn:dk:gov:saml:cvrNumberIdentifier:(\d{8})$/;
const NAMESPACES = [
  'http://itst.dk/oiosaml/basic_privilege_profile',
  'http://digst.dk/oiosaml/basic_privilege_profile',
];

/** Class UUIDs of the sensitivity levels. */
const SENSITIVITY_CLASSES: ReadonlyMap<string, SensitivityRank> = new Map([
  ['1d81c472-0808-44cc-963d-f5ef0170ae1d', 1],
  ['292e85a9-8ad4-46df-9e50-f97d6837ad74', 2],
  ['31c09910-e011-46a5-86fb-254374421fe8', 3],
  ['44f4108b-26d4-46de-a90f-35e35b55b8d8', 4],
]);

/**
 * Reads an OIO Basic Privilege Profile list. Each group is read on its own; one that is malformed, or has a scope or
 * constraint that is not known, gives nothing and says so, never "unconstrained".
 * @param base64 the list as it stands in a token
 * @param cvr the authority the user signs in for: other scopes give nothing
 * @throws PrivilegeListError when the list as a whole is refused
 */
export function readPrivilegeList(base64: string, cvr: string): PrivilegeList {
  const list = parse(decode(base64));
  if (list.children.length > MAX_GROUPS) throw new PrivilegeListError('PRIVILEGES_TOO_LARGE');
  const roles: TokenRole[] = [];
  const voids: VoidGroup[] = [];
  for (const element of list.children) {
    const group = readGroup(element, list.namespace);
    const values = group.isSound
      ? valuesOf(group.scope, group.constraints, cvr)
      : { problem: 'GROUP_INVALID' as const };
    if (!('problem' in values)) roles.push(...group.privileges.map((uri) => ({ uri, ...values })));
    else for (const uri of named(group)) voids.push({ uri, problem: values.problem });
  }
  return { roles, voids };
}

/** What a void group is reported by. */
function named({ privileges, scope }: { readonly privileges: readonly string[]; readonly scope: string }) {
  return privileges.length > 0 ? privileges : [scope];
}

function decode(base64: string): string {
  if (base64.length > MAX_BASE64) throw new PrivilegeListError('PRIVILEGES_TOO_LARGE');
  const compact = base64.replace(/\s+/g, '');
  if (compact === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact) || compact.length % 4 !== 0)
    throw new PrivilegeListError('PRIVILEGES_NOT_BASE64');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64'));
  } catch {
    throw new PrivilegeListError('PRIVILEGES_NOT_UTF8');
  }
}

function parse(xml: string): XmlElement {
  try {
    const list = readXml(xml, LIMITS);
    if (list.name === 'PrivilegeList' && NAMESPACES.includes(list.namespace)) return list;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    if (error.problem === 'DOCTYPE') throw new PrivilegeListError('PRIVILEGES_DOCTYPE');
    if (error.problem === 'TOO_COMPLEX') throw new PrivilegeListError('PRIVILEGES_TOO_LARGE');
  }
  throw new PrivilegeListError('PRIVILEGES_NOT_XML');
}

type GroupValues = Omit<TokenRole, 'uri'> | { readonly problem: PrivilegeGroupProblem };

function valuesOf(
  scopeUrn: string,
  constraints: ReadonlyMap<string, readonly string[]>,
  cvr: string,
): GroupValues {
  const scope = CVR_SCOPE.exec(scopeUrn)?.[1];
  if (scope === undefined) return { problem: 'SCOPE_UNKNOWN' };
  if (scope !== cvr) return { problem: 'SCOPE_FOREIGN' };
  let values: Omit<TokenRole, 'uri'> = { scope };
  for (const [name, texts] of constraints) {
    const read = READERS.get(name);
    if (read === undefined) return { problem: 'CONSTRAINT_UNKNOWN' };
    const given = onceEach(texts);
    const more = given && given.length <= MAX_VALUES ? read(given) : undefined;
    if (more === undefined) return { problem: 'CONSTRAINT_INVALID' };
    values = { ...values, ...more };
  }
  return values;
}

/** A constraint given twice in one group counts once; with other values it would be an "and" of two lists: nothing we can mean. */
function onceEach([first = '', ...again]: readonly string[]): readonly string[] | undefined {
  const split = (text: string) => text.split(',').map((value) => value.trim().toLowerCase());
  const asSet = (text: string) => [...new Set(split(text))].sort().join();
  return again.every((text) => asSet(text) === asSet(first)) ? split(first) : undefined;
}

type Reader = (values: readonly string[]) => Partial<Omit<TokenRole, 'uri' | 'scope'>> | undefined;

/** Constraints by URI. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'http://sts.kombit.dk/constraints/KLE/1',
    (values) => (values.every(isKlePattern) ? { kle: values } : undefined),
  ],
  [
    'http://sts.kombit.dk/constraints/orgenhed/1',
    (values) => {
      const units = values.flatMap((value) => readUuid(value) ?? []);
      return units.length === values.length ? { units } : undefined;
    },
  ],
  [
    'http://sts.kombit.dk/constraints/foelsomhed/1',
    (values) => {
      const ranks = values.map((value) => SENSITIVITY_CLASSES.get(value));
      const known = ranks.filter((rank) => rank !== undefined);
      const [first, ...others] = known;
      if (first === undefined || known.length < ranks.length) return undefined;
      return { sensitivity: others.reduce(higherRank, first) };
    },
  ],
]);
