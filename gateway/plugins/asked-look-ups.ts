import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { fragmentsOf } from '../supergraph/fragments.js';
import { OPERATION_LIMITS } from './operation-size.js';

/** Fields that look somebody or something up (docs/look-up-log.md). Lists of one's own work are none. */
export const LOOK_UP_FIELDS: ReadonlySet<string> = new Set([
  'citizen',
  'searchCitizens',
  'case',
  'searchCases',
  'document',
  'company',
  'searchCompanies',
]);
/** Fields of a person that show more by a step of its own. */
export const REVEALING_FIELDS: ReadonlySet<string> = new Set(['cprNumber', 'protectedAddress']);

/**
 * @param variables values as the client sent them
 * @returns each look-up that an operation asks for, as a text that is the same for the same look-up: fifty aliases of one field with
 * different arguments are fifty
 */
export function askedLookUps(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ReadonlySet<string> {
  const fragments = fragmentsOf(document);
  const found = new Set<string>();
  const values = withDefaults(operation, variables);
  let visited = 0;
  const visit = (set: SelectionSetNode, root: string | undefined): void => {
    for (const selection of set.selections) {
      // Longer operations are refused; this one may not have been yet.
      if (++visited > OPERATION_LIMITS.fields) return;
      if (selection.kind === Kind.FIELD) field(selection, root);
      else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment) visit(fragment.selectionSet, root);
      }
    }
  };
  const field = (node: FieldNode, root: string | undefined): void => {
    const name = node.name.value;
    const asked = root ?? `${name} ${argumentsOf(node, values)}`;
    if (root === undefined && LOOK_UP_FIELDS.has(name)) found.add(asked);
    if (root !== undefined && REVEALING_FIELDS.has(name)) found.add(`${asked} ${name}`);
    if (node.selectionSet) visit(node.selectionSet, asked);
  };
  visit(operation.selectionSet, undefined);
  return found;
}

/** @returns the variables' values with what the operation says of those that were not sent */
function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  sent: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue && !Object.hasOwn(sent, variable.name.value)
      ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const]
      : [],
  );
  return { ...Object.fromEntries(defaults), ...sent };
}

function argumentsOf(node: FieldNode, variables: Readonly<Record<string, unknown>>): string {
  const given = (node.arguments ?? []).map(({ name, value }) => [
    name.value,
    valueFromASTUntyped(value, { ...variables }),
  ]);
  return JSON.stringify(given.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}
