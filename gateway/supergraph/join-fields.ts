import {
  type DirectiveNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { namedType } from './rules.js';

/** By type, the names under which the join over subgraphs reads an answer: keys, and fields that other fields require. */
export type JoinFields = ReadonlyMap<string, ReadonlySet<string>>;

type ComposedType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** Which argument of which directive names fields that the planner fetches on its own account. */
const FETCHED: ReadonlyMap<string, string> = new Map([
  ['join__type', 'key'],
  ['join__field', 'requires'],
]);

/** @returns what the planner adds to selections of a supergraph by itself, and then takes out of the answer by name. */
export function readJoinFields(supergraphSdl: string): JoinFields {
  const types = new Map(
    parse(supergraphSdl)
      .definitions.filter(
        (definition): definition is ComposedType =>
          definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
          definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
      )
      .map((type) => [type.name.value, type]),
  );
  const found = new Map<string, Set<string>>();
  const note = (set: SelectionSetNode, type: ComposedType): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        note(selection.selectionSet, types.get(selection.typeCondition?.name.value ?? '') ?? type);
        continue;
      }
      const names = found.get(type.name.value) ?? new Set();
      found.set(type.name.value, names.add(selection.name.value));
      const field = type.fields?.find((candidate) => candidate.name.value === selection.name.value);
      const inner = field && types.get(namedType(field));
      if (inner && selection.selectionSet) note(selection.selectionSet, inner);
    }
  };
  for (const type of types.values()) {
    const directives = [
      ...(type.directives ?? []),
      ...(type.fields ?? []).flatMap((f) => f.directives ?? []),
    ];
    for (const set of directives.flatMap(fieldSets)) note(set, type);
  }
  return found;
}

function fieldSets(directive: DirectiveNode): SelectionSetNode[] {
  const wanted = FETCHED.get(directive.name.value);
  return (directive.arguments ?? []).flatMap(({ name, value }) => {
    if (name.value !== wanted || value.kind !== Kind.STRING) return [];
    const [definition] = parse(`{ ${value.value} }`).definitions;
    return definition?.kind === Kind.OPERATION_DEFINITION ? [definition.selectionSet] : [];
  });
}
