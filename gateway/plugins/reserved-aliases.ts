import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import { ROOT_TYPES } from '../answer/walk.js';
import type { JoinFields } from '../supergraph/join-fields.js';
import type { SupergraphRules } from '../supergraph/rules.js';

/**
 * The executor reads keys, required fields and `__typename` out of the answer by name, to ask the next subgraph. An alias of such a name
 * would put another field's value there: another entity would be asked for, or none, without an error.
 */
export class ReservedAliases {
  /** A document is parsed once, and looked through once. */
  readonly #known = new WeakMap<DocumentNode, { readonly alias: string | undefined }>();

  constructor(
    readonly rules: SupergraphRules,
    readonly joinFields: JoinFields,
  ) {}

  /** @returns the first alias of a document that shadows such a field; undefined for none */
  in(document: DocumentNode): string | undefined {
    const known = this.#known.get(document) ?? { alias: this.#find(document) };
    this.#known.set(document, known);
    return known.alias;
  }

  #find(document: DocumentNode): string | undefined {
    for (const { field, type } of fieldsOf(document, this.rules)) {
      const alias = field.alias?.value;
      if (alias !== undefined && alias !== field.name.value && this.#isRead(alias, type)) return alias;
    }
    return undefined;
  }

  #isRead(name: string, type: string): boolean {
    if (name.startsWith('__')) return true;
    // In the place of an interface or union any of its types may stand.
    const of = this.rules.has(type) ? [this.joinFields.get(type)] : [...this.joinFields.values()];
    return of.some((names) => names?.has(name) === true);
  }
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
