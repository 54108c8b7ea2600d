import type { DocumentNode, GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import type { ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import { grantsOf } from '../../subgraphs/shared/policy/grants.js';
import { type Permission, PERMISSION_ROLES } from '../../subgraphs/shared/policy/permissions.js';
import type { FieldRule, SupergraphRules } from '../supergraph/rules.js';
import { demandsOf } from './demands.js';
import { walkAnswer } from './walk.js';

/** A part of the answer that is missing because a subgraph did not answer. */
export interface MissingPart {
  readonly path: readonly (string | number)[];
  readonly code: Extract<ErrorCode, 'SECTION_UNAVAILABLE' | 'PERSON_UNAVAILABLE' | 'PART_UNAVAILABLE'>;
}

export interface Review {
  readonly missing: readonly MissingPart[];
  /** Permissions of values that reached the answer though the caller has no grant for them: the second lock. */
  readonly breaches: readonly Permission[];
}

/** An answer and what it answers. */
export interface Answer {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly data: unknown;
}

/**
 * Looks through an answer before it leaves: names what a dead subgraph left out, at its path, and finds guarded values
 * the caller has no grant for. Where every subgraph has answered and the caller holds all that the operation's fields
 * demand, there is nothing to find and the answer is not looked through.
 */
export function reviewAnswer(
  { document, operation, data }: Answer,
  rules: SupergraphRules,
  caller: Caller,
  failed: ReadonlySet<SubgraphName>,
): Review {
  const held = new Map<Permission, boolean>();
  const holds = (permission: Permission): boolean => {
    const known = held.get(permission) ?? grantsOf(caller.grants, PERMISSION_ROLES[permission]).length > 0;
    held.set(permission, known);
    return known;
  };
  if (failed.size === 0 && demandsOf(document, operation, rules).every(holds))
    return { missing: [], breaches: [] };
  const missing: MissingPart[] = [];
  const breaches = new Set<Permission>();
  walkAnswer(document, operation, data, rules, ({ path, rule, value }) => {
    if (value === null) {
      if (rule.owners.every((owner) => failed.has(owner)))
        missing.push({ path: [...path], code: missingCode(rule) });
      return false;
    }
    if (rule.permission && !holds(rule.permission)) breaches.add(rule.permission);
    return true;
  });
  return { missing, breaches: [...breaches] };
}

function missingCode(rule: FieldRule): MissingPart['code'] {
  if (rule.type.endsWith('Section')) return 'SECTION_UNAVAILABLE';
  return rule.type === 'Citizen' ? 'PERSON_UNAVAILABLE' : 'PART_UNAVAILABLE';
}

/** @returns whether some error already stands at this path or above it. */
export function isCovered(
  path: readonly (string | number)[],
  errors: readonly GraphQLFormattedError[],
): boolean {
  return errors.some((error) => error.path?.every((part, i) => path[i] === part) === true);
}
