import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../supergraph/fragments.js';

/** The fields that selection sets ask of one object, by response name, in the order in which they first stand. */
export type SelectedFields = ReadonlyMap<string, readonly FieldNode[]>;

/** Thrown for what the lean way leaves to Apollo. */
export class NotLean extends Error {}

/** Gathers the fields of an operation; fragments are unfolded. */
export class FieldCollector {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(document: DocumentNode) {
    this.#fragments = fragmentsOf(document);
  }

  /** @returns the fields; throws NotLean where a directive could leave one out */
  of(sets: readonly SelectionSetNode[]): SelectedFields {
    const fields = new Map<string, FieldNode[]>();
    for (const set of sets) this.#gather(set, fields);
    return fields;
  }

  #gather({ selections }: SelectionSetNode, fields: Map<string, FieldNode[]>): void {
    for (const selection of selections) {
      if ((selection.directives ?? []).length > 0) throw new NotLean('a directive');
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        fields.set(name, [...(fields.get(name) ?? []), selection]);
        continue;
      }
      // The graph has no abstract types: a fragment that stands here is for the type that is here.
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      if (fragment) this.#gather(fragment.selectionSet, fields);
    }
  }
}
