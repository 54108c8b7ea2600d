/** Builds OIO Basic Privilege Profile lists as identity providers send them (docs/field.md, Privilege lists). */
export interface GroupSpec {
  readonly scope: string;
  readonly privilege: string;
  readonly constraints?: Readonly<Record<string, string>>;
}

export const KLE_CONSTRAINT = 'http://sts.kombit.dk/constraints/KLE/1';
export const UNIT_CONSTRAINT = 'http://sts.kombit.dk/constraints/orgenhed/1';
export const SENSITIVITY_CONSTRAINT = 'http://sts.kombit.dk/constraints/foelsomhed/1';
export const SENSITIVE_CLASS = '31c09910-e011-46a5-86fb-254374421fe8';

/** @returns the list as XML. */
export function privilegeXml(
  groups: readonly GroupSpec[],
  namespace = 'http://itst.dk/oiosaml/basic_privilege_profile',
): string {
  const inner = groups.map(({ scope, privilege, constraints = {} }) => {
    const lines = Object.entries(constraints).map(
      ([name, value]) => `<Constraint Name="${name}">${value}</Constraint>`,
    );
    return `<PrivilegeGroup Scope="${scope}"><Privilege>${privilege}</Privilege>${lines.join('')}</PrivilegeGroup>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><bpp:PrivilegeList xmlns:bpp="${namespace}">${inner.join('')}</bpp:PrivilegeList>`;
}

/** @returns the list as it stands in a token. */
export function privileges(...groups: GroupSpec[]): string {
  return Buffer.from(privilegeXml(groups)).toString('base64');
}

/** @returns the scope of a municipality. */
export function scopeOf(cvr: string): string {
  return `urn:dk:gov:saml:cvrNumberIdentifier:${cvr}`;
}
