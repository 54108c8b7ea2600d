import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { isOwnName } from '../../subgraphs/shared/names/own-value.js';
import { fragmentsOf } from '../supergraph/fragments.js';
import type { FieldRule, SupergraphRules } from '../supergraph/rules.js';

/** Names of the root types. */
export const ROOT_TYPES: Readonly<Record<OperationTypeNode, string>> = {
  query: 'Query',
  mutation: 'Mutation',
  subscription: 'Subscription',
};

/** One place of an answer: a field of the document and the value that stands there. */
export interface AnswerPlace {
  /** True while the place is visited alone: whoever keeps it copies it. */
  readonly path: readonly (string | number)[];
  readonly rule: FieldRule;
  readonly value: unknown;
}

/**
 * Visits every field of an answer once, by document and data together. The visitor returns whether to go on below.
 * Fields of introspection are passed over.
 */
export function walkAnswer(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  data: unknown,
  rules: SupergraphRules,
  visit: (place: AnswerPlace) => boolean,
): void {
  const walk = new Walk(fragmentsOf(document), rules, visit);
  walk.below(operation.selectionSet, ROOT_TYPES[operation.operation], data);
}

class Walk {
  /** Of the place that is visited. */
  readonly #path: (string | number)[] = [];

  constructor(
    readonly fragments: ReturnType<typeof fragmentsOf>,
    readonly rules: SupergraphRules,
    readonly visit: (place: AnswerPlace) => boolean,
  ) {}

  below(selections: SelectionSetNode, type: string, value: unknown): void {
    if (Array.isArray(value)) return this.#items(selections, type, value);
    if (typeof value !== 'object' || value === null) return;
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        this.#field(selection, type, value);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
      if (fragment) this.below(fragment.selectionSet, fragment.typeCondition?.name.value ?? type, value);
    }
  }

  #items(selections: SelectionSetNode, type: string, items: readonly unknown[]): void {
    for (const [at, item] of items.entries()) {
      this.#path.push(at);
      this.below(selections, type, item);
      this.#path.pop();
    }
  }

  #field({ name, alias, selectionSet }: FieldNode, type: string, value: object): void {
    const rule = this.rules.get(type)?.get(name.value);
    const key = (alias ?? name).value;
    if (!rule || !isOwnName(value, key)) return;
    const inner: unknown = value[key];
    this.#path.push(key);
    const goOn = this.visit({ path: this.#path, rule, value: inner });
    if (goOn && selectionSet) this.below(selectionSet, rule.type, inner);
    this.#path.pop();
  }
}
