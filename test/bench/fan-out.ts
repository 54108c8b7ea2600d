import {
  Kind,
  parse,
  print,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { SubgraphName } from '../../schema/subgraph-names.js';

type Fronted = Extract<SubgraphName, 'citizens' | 'cases' | 'documents' | 'benefits' | 'alerts'>;
const SECTIONS: readonly Fronted[] = ['cases', 'documents', 'benefits', 'alerts'];

/** @returns the overview as one query per subgraph, asking for the very same fields. */
export function fanOutQueries(operation: string): Record<Fronted, string> {
  const document = parse(operation);
  const query = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )!;
  const fragments = document.definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const citizen = query.selectionSet.selections[0] as FieldNode;
  const fields = citizen.selectionSet!.selections as readonly FieldNode[];
  const of = (name: Fronted) =>
    fields
      .filter((field) => field.name.value === name)
      .map(print)
      .join(' ');
  const own = fields
    .filter((field) => !(SECTIONS as readonly string[]).includes(field.name.value))
    .map(print)
    .join(' ');
  const used = (text: string) =>
    fragments
      .filter((fragment) => text.includes(`...${fragment.name.value}`))
      .map(print)
      .join('\n');
  const section = (name: Fronted) => {
    const text = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${of(name)} } } }`;
    return `${text}\n${used(text)}`;
  };
  const person = `query($id: ID!) { citizen(id: $id) { ${own} } }`;
  return {
    citizens: `${person}\n${used(person)}`,
    cases: section('cases'),
    documents: section('documents'),
    benefits: section('benefits'),
    alerts: section('alerts'),
  };
}
