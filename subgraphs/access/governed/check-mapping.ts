import type { ConstraintType, MappedGrantInput, MappingInput } from '../../../schema/generated/access.js';
import { badInput } from '../../shared/errors/coded-error.js';
import { isKlePattern, klePrefix } from '../../shared/policy/kle.js';
import { rankOf } from '../../shared/policy/sensitivity.js';
import { checkText } from '../../shared/scalars/check-text.js';
import type { MappedGrant, MappingContent, ParametricConstraint } from '../source/records.js';
import { standingVoid } from './resolve-grants.js';
import { roleName } from './system-roles.js';

/** What a mapping's values are checked against. */
export interface MappingReferences {
  readonly cvr: string;
  /** Every KLE topic number. */
  readonly kleNumbers: readonly string[];
  /** Ids of the authority's organisation units. */
  readonly units: ReadonlySet<string>;
  /** Codes of the source systems the authority knows. */
  readonly systems: ReadonlySet<string>;
}

const MAX_GRANTS = 100;
const MAX_VALUES = 500;
const MAX_VALUES_IN_ALL = 2000;
const URI = /^https?:\/\/[^\s|]{1,290}$/;
const PARAMETRIC: Readonly<Partial<Record<ConstraintType, ParametricConstraint>>> = {
  KLE: 'kle',
  SENSITIVITY: 'sensitivity',
  UNIT: 'unit',
};

/** @returns the URI of a job-function role; throws BAD_INPUT. */
export function checkRoleUri(uri: string): string {
  if (!URI.test(uri)) throw badInput('uri', 'a URI of at most 300 characters without spaces');
  return uri;
}

/**
 * Checks a mapping against the classification and the organisation.
 * @throws BAD_INPUT naming the field and the rule; nothing is saved then
 */
export function checkMapping(input: MappingInput, references: MappingReferences, now: Date): MappingContent {
  if (input.cvr != null && input.cvr !== references.cvr) throw badInput('cvr', 'the own authority');
  checkNumbers(input.grants);
  return {
    kind: 'mapping',
    name: checkText('name', input.name, 1, 255),
    description: checkText('description', input.description ?? '', 0, 4096, { lines: true }),
    grants: input.grants.map((grant, i) => checkGrant(grant, `grants.${i}`, references)),
    ...checkValidity(input, now),
    caseNumber: input.caseNumber == null ? null : checkText('caseNumber', input.caseNumber, 1, 50),
  };
}

function checkNumbers(grants: MappingInput['grants']): void {
  if (grants.length < 1 || grants.length > MAX_GRANTS)
    throw badInput('grants', `1 to ${MAX_GRANTS} system roles`);
  const values = grants.reduce(
    (sum, grant) => sum + (grant.kle?.length ?? 0) + (grant.units?.length ?? 0),
    0,
  );
  if (values > MAX_VALUES_IN_ALL) throw badInput('grants', `at most ${MAX_VALUES_IN_ALL} values in all`);
}

/** @returns the validity of a mapping: from now on and without an end unless it says otherwise */
function checkValidity(input: MappingInput, now: Date): Pick<MappingContent, 'validFrom' | 'validTo'> {
  const validFrom = input.validFrom ?? now;
  const validTo = input.validTo ?? null;
  if (validTo !== null && validTo <= validFrom)
    throw badInput('validTo', 'after the beginning of the validity');
  if (validTo !== null && validTo <= now) throw badInput('validTo', 'a time to come');
  return { validFrom, validTo };
}

/** A role nothing is known of is kept and shown as void; a missing or unknown value of a known one is refused. */
function checkGrant(input: MappedGrantInput, field: string, references: MappingReferences): MappedGrant {
  const parametric = (input.parametric ?? []).map((type) => {
    const constraint = PARAMETRIC[type];
    if (constraint === undefined) throw badInput(`${field}.parametric`, 'KLE, SENSITIVITY or UNIT');
    return constraint;
  });
  const given = { kle: input.kle, sensitivity: input.sensitivity, unit: input.units };
  for (const constraint of parametric)
    if (given[constraint] != null)
      throw badInput(`${field}.parametric`, 'no value of its own for what comes with the sign-in');
  const grant: MappedGrant = {
    role: checkText(`${field}.role`, roleName(input.role), 1, 300),
    ...(input.kle && { kle: checkKle(input.kle, `${field}.kle`, references) }),
    ...(input.sensitivity && { sensitivity: rankOf(input.sensitivity) }),
    ...(input.units && {
      units: checkKnown(
        input.units,
        references.units,
        `${field}.units`,
        'organisation units of the own authority',
      ),
    }),
    ...(input.systems && {
      systems: checkKnown(
        input.systems,
        references.systems,
        `${field}.systems`,
        'codes of known source systems',
      ),
    }),
    ...(parametric.length > 0 && { parametric: [...new Set(parametric)] }),
  };
  const reason = standingVoid(grant, references.cvr);
  if (reason !== undefined && reason !== 'UNKNOWN_ROLE')
    throw badInput(field, 'the constraints of the role, not more and not less');
  return grant;
}

/** @returns the distinct KLE values, each of which covers at least one topic of the classification. */
export function checkKle(
  patterns: readonly string[],
  field: string,
  { kleNumbers }: Pick<MappingReferences, 'kleNumbers'>,
): string[] {
  if (patterns.length < 1 || patterns.length > MAX_VALUES) throw badInput(field, `1 to ${MAX_VALUES} values`);
  for (const pattern of patterns) {
    const known = isKlePattern(pattern) && kleNumbers.some((number) => number.startsWith(klePrefix(pattern)));
    if (!known) throw badInput(field, 'numbers and wildcards of KLE, such as 32.30.04, 32.30.*, 32.* or *');
  }
  return [...new Set(patterns)];
}

function checkKnown(
  values: readonly string[],
  known: ReadonlySet<string>,
  field: string,
  rule: string,
): string[] {
  const isKnown = values.every((value) => known.has(value));
  if (values.length < 1 || values.length > MAX_VALUES || !isKnown) throw badInput(field, rule);
  return [...new Set(values)];
}
