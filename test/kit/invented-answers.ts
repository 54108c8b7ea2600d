import {
  getNamedType,
  getNullableType,
  GraphQLObjectType,
  isEnumType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How an invented answer goes wrong, each with a likelihood from 0 to 1. */
export interface AnswerFaults {
  readonly nulls: number;
  readonly absent: number;
  /** Values of another type than the schema says. */
  readonly wrong: number;
}

type Json = Record<string, unknown>;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Invents what a subgraph might answer to a fetch: values of the right types, and by likelihood others. */
export class InventedAnswer {
  constructor(
    readonly schema: GraphQLSchema,
    readonly next: () => number,
    readonly faults: AnswerFaults,
  ) {}

  to(document: DocumentNode, variables: Json): Json | null {
    if (this.next() < this.faults.nulls / 4) return null;
    const operation = document.definitions.find(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    )!;
    const root = this.schema.getRootType(operation.operation)!;
    const [first] = operation.selectionSet.selections;
    if (first?.kind === Kind.FIELD && first.name.value === '_entities')
      return { _entities: this.#entities(first.selectionSet!, variables['representations'] as Json[]) };
    return this.#object(root, operation.selectionSet);
  }

  #entities(selections: SelectionSetNode, representations: readonly Json[]): (Json | null)[] {
    return representations.map(({ __typename: name }) => {
      const type = this.schema.getType(name as string);
      if (this.next() < this.faults.nulls || !(type instanceof GraphQLObjectType)) return null;
      return this.#object(type, selections);
    });
  }

  #object(type: GraphQLObjectType, { selections }: SelectionSetNode): Json {
    return Object.assign(
      {},
      ...selections.map((selection): Json => {
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition?.name.value ?? type.name;
          return condition === type.name ? this.#object(type, selection.selectionSet) : {};
        }
        if (selection.kind !== Kind.FIELD || this.next() < this.faults.absent) return {};
        const name = selection.name.value;
        const key = (selection.alias ?? selection.name).value;
        if (name === '__typename') return { [key]: type.name };
        return { [key]: this.#value(type.getFields()[name]!.type, selection.selectionSet) };
      }),
    ) as Json;
  }

  #value(given: GraphQLOutputType, selections: SelectionSetNode | undefined): unknown {
    const type = getNullableType(given);
    if (this.next() < this.faults.nulls) return null;
    if (isListType(type))
      return Array.from({ length: Math.floor(this.next() * 3) }, () => this.#value(type.ofType, selections));
    const named = getNamedType(type);
    if (isObjectType(named)) return this.#object(named, selections!);
    if (this.next() < this.faults.wrong)
      return [7.5, 'nothing of that kind', true, 3][Math.floor(this.next() * 4)];
    if (isEnumType(named))
      return named.getValues()[Math.floor(this.next() * named.getValues().length)]!.value;
    const number = Math.floor(this.next() * 1000);
    return { Int: number, Float: number / 8, Boolean: number > 500 }[named.name] ?? `text ${number}`;
  }
}
