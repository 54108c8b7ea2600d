import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Permission } from '../../subgraphs/shared/policy/permissions.js';
import { fragmentsOf } from '../supergraph/fragments.js';
import type { SupergraphRules } from '../supergraph/rules.js';
import { ROOT_TYPES } from './walk.js';

/** By rules and operation: documents are kept and asked again. */
const known = new WeakMap<SupergraphRules, WeakMap<OperationDefinitionNode, readonly Permission[]>>();

/** @returns every permission that some field of an operation demands, whether or not an answer has a value there */
export function demandsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  rules: SupergraphRules,
): readonly Permission[] {
  const byOperation = known.get(rules) ?? new WeakMap<OperationDefinitionNode, readonly Permission[]>();
  known.set(rules, byOperation);
  const before = byOperation.get(operation);
  if (before) return before;
  const demands = new Set<Permission>();
  const { selectionSet } = operation;
  gather(selectionSet, ROOT_TYPES[operation.operation], { fragments: fragmentsOf(document), rules, demands });
  byOperation.set(operation, [...demands]);
  return [...demands];
}

interface Gathering {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly rules: SupergraphRules;
  readonly demands: Set<Permission>;
}

function gather({ selections }: SelectionSetNode, type: string, gathering: Gathering): void {
  const { fragments, rules, demands } = gathering;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const rule = rules.get(type)?.get(selection.name.value);
      if (rule?.permission) demands.add(rule.permission);
      if (rule && selection.selectionSet) gather(selection.selectionSet, rule.type, gathering);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment) gather(fragment.selectionSet, fragment.typeCondition?.name.value ?? type, gathering);
  }
}
