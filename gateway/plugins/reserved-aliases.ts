import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import { ROOT_TYPES } from '../answer/walk.js';
import type { JoinFields } from '../supergraph/join-fields.js';
import type { SupergraphRules } from '../supergraph/rules.js';

/**
 * The executor reads keys, required fields and `__typename` out of the answer by name, to ask the next subgraph. An alias of such a name
 * would put another field's value there: another entity would be asked for, or none, without an error.
 * @returns the first alias of a document that shadows such a field; undefined for none
 */
export function reservedAlias(
  document: DocumentNode,
  rules: SupergraphRules,
  joinFields: JoinFields,
): string | undefined {
  const isRead = (name: string, type: string): boolean => {
    if (name.startsWith('__')) return true;
    // In the place of an interface or union any of its types may stand.
    const of = rules.has(type) ? [joinFields.get(type)] : [...joinFields.values()];
    return of.some((names) => names?.has(name) === true);
  };
  for (const { field, type } of fieldsOf(document, rules)) {
    const alias = field.alias?.value;
    if (alias !== undefined && alias !== field.name.value && isRead(alias, type)) return alias;
  }
  return undefined;
}

interface TypedField {
  readonly field: FieldNode;
  readonly type: string;
}

/** @returns every field of a document once, with the type it stands in. */
function* fieldsOf(document: DocumentNode, rules: SupergraphRules): Generator<TypedField> {
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      yield* fieldsIn(definition.selectionSet, definition.typeCondition.name.value, rules);
    else if (definition.kind === Kind.OPERATION_DEFINITION)
      yield* fieldsIn(definition.selectionSet, ROOT_TYPES[definition.operation], rules);
  }
}

function* fieldsIn(set: SelectionSetNode, type: string, rules: SupergraphRules): Generator<TypedField> {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      yield* fieldsIn(selection.selectionSet, selection.typeCondition?.name.value ?? type, rules);
      continue;
    }
    yield { field: selection, type };
    const inner = rules.get(type)?.get(selection.name.value)?.type ?? '';
    if (selection.selectionSet) yield* fieldsIn(selection.selectionSet, inner, rules);
  }
}
