import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
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
  readonly list: ListRule;
}

/** How many rows a field can bring, as far as the schema says. */
export interface ListRule {
  /** Whether the field is a list itself. */
  readonly isList: boolean;
  /** Rows of the list when nothing else limits it (`@listSize`); undefined where the schema does not say. */
  readonly assumedSize: number | undefined;
  /** Rows of a page when the caller does not say; undefined for a field without `first`. */
  readonly defaultPage: number | undefined;
  /** Whether it takes arguments: then each use of it is a question of its own to a store. */
  readonly takesArguments: boolean;
}

/** Rows of a page whose `first` has no default in the schema. */
const UNSAID_PAGE = 20;

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
  return {
    owners: owners.length > 0 ? owners : typeOwners,
    permission,
    type: namedType(field),
    list: listRule(field),
  };
}

function listRule(field: FieldDefinitionNode): ListRule {
  const first = field.arguments?.find((argument) => argument.name.value === 'first');
  const listSize = field.directives?.find((directive) => directive.name.value === 'listSize');
  const outer = field.type.kind === Kind.NON_NULL_TYPE ? field.type.type : field.type;
  return {
    isList: outer.kind === Kind.LIST_TYPE,
    assumedSize: listSize && intOf(argumentOf(listSize, 'assumedSize')),
    defaultPage: first && (intOf(first.defaultValue) ?? UNSAID_PAGE),
    takesArguments: (field.arguments?.length ?? 0) > 0,
  };
}

function intOf(value: ConstValueNode | undefined): number | undefined {
  return value?.kind === Kind.INT ? Number(value.value) : undefined;
}

/** @returns the name of a field's type behind lists and non-null. */
export function namedType(field: FieldDefinitionNode): string {
  let type = field.type;
  while (type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type.name.value;
}

function graphsOf(directives: readonly ConstDirectiveNode[] | undefined, name: string): SubgraphName[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .flatMap((directive) => {
      const graph = argumentOf(directive, 'graph');
      const owner = graph?.kind === Kind.ENUM ? graph.value.toLowerCase() : '';
      return isSubgraphName(owner) ? [owner] : [];
    });
}

function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}
