import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { isSubgraphName, type SubgraphName } from '../../schema/subgraph-names.js';
import { isPermission, type Permission } from '../../subgraphs/shared/policy/permissions.js';

/** What the supergraph says of one field: who owns it, what it demands, what it returns. */
export interface FieldRule {
  readonly owners: readonly SubgraphName[];
  /** Undefined: public. */
  readonly permission: Permission | undefined;
  /** Name of the type behind lists and non-null. */
  readonly type: string;
}

export type SupergraphRules = ReadonlyMap<string, ReadonlyMap<string, FieldRule>>;

/**
 * Reads the rule of every field from the supergraph. Throws when a field has none or names an unknown permission: a
 * gateway never serves a schema whose rules are not whole.
 */
export function readRules(supergraphSdl: string): SupergraphRules {
  const rules = new Map<string, Map<string, FieldRule>>();
  for (const definition of parse(supergraphSdl).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.name.value.startsWith('join__'))
      continue;
    const typeOwners = graphsOf(definition.directives, 'join__type');
    const fields = (definition.fields ?? []).map(
      (field) => [field.name.value, ruleOf(definition, field, typeOwners)] as const,
    );
    rules.set(definition.name.value, new Map(fields));
  }
  return rules;
}

function ruleOf(
  type: ObjectTypeDefinitionNode,
  field: FieldDefinitionNode,
  typeOwners: SubgraphName[],
): FieldRule {
  const owners = graphsOf(field.directives, 'join__field');
  const guard = field.directives?.find((directive) => directive.name.value === 'guard');
  const isPublic = field.directives?.some((directive) => directive.name.value === 'public') === true;
  const permission = guard && stringArgument(guard, 'permission');
  const place = `${type.name.value}.${field.name.value}`;
  if (isPublic === (guard !== undefined)) throw new Error(`the supergraph has no single rule for ${place}`);
  if (permission !== undefined && !isPermission(permission))
    throw new Error(`${place} demands an unknown permission`);
  return { owners: owners.length > 0 ? owners : typeOwners, permission, type: namedType(field) };
}

function namedType(field: FieldDefinitionNode): string {
  let type = field.type;
  while (type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type.name.value;
}

function graphsOf(directives: readonly ConstDirectiveNode[] | undefined, name: string): SubgraphName[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .flatMap((directive) => {
      const graph = directive.arguments?.find((argument) => argument.name.value === 'graph')?.value;
      const owner = graph?.kind === Kind.ENUM ? graph.value.toLowerCase() : '';
      return isSubgraphName(owner) ? [owner] : [];
    });
}

function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
