import {
  buildClientSchema,
  getIntrospectionQuery,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import type { Asked } from './measure.js';

/** @returns a question without the fields that the schema at an address does not have. */
export async function trimToSchema(url: string, { headers, body }: Asked): Promise<Asked> {
  const asked = JSON.parse(body) as { query: string };
  const introspection = JSON.stringify({ query: getIntrospectionQuery() });
  const answer = await fetch(url, { method: 'POST', headers, body: introspection });
  const { data } = (await answer.json()) as { data: IntrospectionQuery };
  const query = print(withoutUnused(known(parse(asked.query), buildClientSchema(data))));
  return { headers, body: JSON.stringify({ ...asked, query }) };
}

function known(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(document, visitWithTypeInfo(types, { Field: () => (types.getFieldDef() ? undefined : null) }));
}

/** Fragments whose every use is gone may not stay either. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, { FragmentSpread: ({ name }) => void used.add(name.value) });
  const definitions = document.definitions.filter(
    (each) => each.kind !== Kind.FRAGMENT_DEFINITION || used.has(each.name.value),
  );
  return { ...document, definitions };
}
