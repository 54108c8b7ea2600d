import { type FieldNode, Kind, parse, type ValueNode } from 'graphql';

const MUTATION = 'breakGlass';
const ARGUMENT = 'citizenId';

/**
 * @param query what the gateway sends to the access subgraph
 * @returns the person whom the first break-glass of it is about, as it was written; undefined when it holds none. Further
 * ones are refused there: one a request
 */
export function askedLift(query: string, variables: unknown): string | undefined {
  if (!query.includes(MUTATION)) return undefined;
  for (const definition of parse(query).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const field = definition.selectionSet.selections.find(
      (selection): selection is FieldNode =>
        selection.kind === Kind.FIELD && selection.name.value === MUTATION,
    );
    const value = field?.arguments?.find(({ name }) => name.value === ARGUMENT)?.value;
    const id = value && textOf(value, variables);
    if (id !== undefined) return id;
  }
  return undefined;
}

function textOf(value: ValueNode, variables: unknown): string | undefined {
  if (value.kind === Kind.STRING) return value.value;
  if (value.kind !== Kind.VARIABLE || typeof variables !== 'object' || variables === null) return undefined;
  const [, given] =
    Object.entries<unknown>({ ...variables }).find(([name]) => name === value.name.value) ?? [];
  return typeof given === 'string' ? given : undefined;
}
