import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { isKlePattern } from '../policy/kle.js';
import type { SensitivityRank } from '../policy/sensitivity.js';
import { PrivilegeListError, type PrivilegeGroupProblem } from './token-problems.js';

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

const MAX_BASE64 = 256 << 10;
const MAX_GROUPS = 500;
const MAX_VALUES = 500;
const CVR_SCOPE = /^urn:dk:gov:saml:cvrNumberIdentifier:(\d{8})$/;
const NAMESPACES = [
  'http://itst.dk/oiosaml/basic_privilege_profile',
  'http://digst.dk/oiosaml/basic_privilege_profile',
];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Class UUIDs of the sensitivity levels. Source: domain.md §3.3. */
const SENSITIVITY_CLASSES: Readonly<Record<string, SensitivityRank>> = {
  '1d81c472-0808-44cc-963d-f5ef0170ae1d': 1,
  '292e85a9-8ad4-46df-9e50-f97d6837ad74': 2,
  '31c09910-e011-46a5-86fb-254374421fe8': 3,
  '44f4108b-26d4-46de-a90f-35e35b55b8d8': 4,
};

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  isArray: (name) => ['PrivilegeGroup', 'Privilege', 'Constraint'].includes(name),
});

const text = z.string().trim().min(1).max(2000);
const listShape = z.object({
  PrivilegeList: z.union([
    z.object({
      PrivilegeGroup: z
        .array(
          z.object({
            '@Scope': text,
            Privilege: z.array(text).min(1).max(MAX_VALUES),
            Constraint: z.array(z.object({ '@Name': text, '#text': z.string().optional() })).default([]),
          }),
        )
        .max(MAX_GROUPS),
    }),
    z.literal('').transform(() => ({ PrivilegeGroup: [] })),
  ]),
});

/**
 * Reads an OIO Basic Privilege Profile list (domain.md §3.7; F78, F79). Each group is read on its own (F71); a group with
 * a scope or constraint that is not known gives nothing and says so, never "unconstrained".
 * @param base64 the list as it stands in a token
 * @param cvr the authority the user signs in for: other scopes give nothing (F80)
 * @throws PrivilegeListError when the list as a whole is refused
 */
export function readPrivilegeList(base64: string, cvr: string): PrivilegeList {
  const parsed = listShape.safeParse(parseXml(decode(base64)));
  if (!parsed.success) throw new PrivilegeListError('PRIVILEGES_NOT_XML');
  const roles: TokenRole[] = [];
  const voids: VoidGroup[] = [];
  for (const group of parsed.data.PrivilegeList.PrivilegeGroup) {
    const values = readGroup(group['@Scope'], group.Constraint, cvr);
    for (const uri of group.Privilege) {
      if ('problem' in values) voids.push({ uri, problem: values.problem });
      else roles.push({ uri, ...values });
    }
  }
  return { roles, voids };
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

function parseXml(xml: string): unknown {
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(xml)) throw new PrivilegeListError('PRIVILEGES_DOCTYPE');
  if (!NAMESPACES.some((namespace) => xml.includes(`"${namespace}"`) || xml.includes(`'${namespace}'`)))
    throw new PrivilegeListError('PRIVILEGES_NOT_XML');
  // Its successor is a package with three more behind it; this one was measured on bombs and cuts before it was chosen.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (XMLValidator.validate(xml) !== true) throw new PrivilegeListError('PRIVILEGES_NOT_XML');
  try {
    return parser.parse(xml);
  } catch {
    // The parser's words may hold the list's.
    throw new PrivilegeListError('PRIVILEGES_NOT_XML');
  }
}

type GroupValues = Omit<TokenRole, 'uri'> | { readonly problem: PrivilegeGroupProblem };

function readGroup(
  scopeUrn: string,
  constraints: readonly { readonly '@Name': string; readonly '#text'?: string | undefined }[],
  cvr: string,
): GroupValues {
  const scope = CVR_SCOPE.exec(scopeUrn)?.[1];
  if (scope === undefined) return { problem: 'SCOPE_UNKNOWN' };
  if (scope !== cvr) return { problem: 'SCOPE_FOREIGN' };
  let values: Omit<TokenRole, 'uri'> = { scope };
  for (const constraint of constraints) {
    const given = (constraint['#text'] ?? '').split(',').map((value) => value.trim());
    const read = READERS[constraint['@Name']];
    if (read === undefined) return { problem: 'CONSTRAINT_UNKNOWN' };
    const more = given.length <= MAX_VALUES ? read(given) : undefined;
    const [name] = Object.keys(more ?? {});
    // A constraint given twice in one group would be an "and" of two lists: nothing we can mean.
    if (more === undefined || name === undefined || name in values) return { problem: 'CONSTRAINT_INVALID' };
    values = { ...values, ...more };
  }
  return values;
}

/** Constraints by URI. Source: domain.md §3.4. */
const READERS: Readonly<
  Record<string, (values: readonly string[]) => Partial<Omit<TokenRole, 'uri' | 'scope'>> | undefined>
> = {
  'http://sts.kombit.dk/constraints/KLE/1': (values) =>
    values.every(isKlePattern) ? { kle: values } : undefined,
  'http://sts.kombit.dk/constraints/orgenhed/1': (values) =>
    values.every((value) => UUID.test(value))
      ? { units: values.map((value) => value.toLowerCase()) }
      : undefined,
  'http://sts.kombit.dk/constraints/foelsomhed/1': (values) => {
    const ranks = values.map((value) => SENSITIVITY_CLASSES[value.toLowerCase()]);
    if (ranks.some((rank) => rank === undefined)) return undefined;
    return { sensitivity: Math.max(...(ranks as number[])) as SensitivityRank };
  },
};
