import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';
import { ROOT_TYPES } from '../answer/walk.js';
import { fragmentsOf } from '../supergraph/fragments.js';
import type { FieldRule, SupergraphRules } from '../supergraph/rules.js';

/** Bounds of one operation, checked before planning with fragments unfolded; tokens while parsing. */
export const OPERATION_LIMITS = {
  tokens: 3000,
  fields: 1000,
  depth: 16,
  rootFields: 10,
  operations: 5,
  cost: 20_000,
} as const;

/** The largest page a list gives (subgraphs/shared/paging); more is refused there, so it costs no more here. */
export const LARGEST_PAGE = 50;
/** Rows of a list without pages, where the schema does not say (`@listSize`). */
const ASSUMED_LIST = 10;
/**
 * What a field costs each time it stands in the answer. A list with pages is a search of its own, with a count and an entry in the log;
 * a field that takes arguments or that another subgraph answers asks a store for one record.
 */
const FIELD_COST = { list: 100, asking: 10, value: 1 } as const;

export type LimitName = Exclude<keyof typeof OPERATION_LIMITS, 'tokens'>;

/** Where an operation passes a limit. */
export interface Excess {
  readonly limit: LimitName;
  readonly most: number;
  /** What the operation comes to; for fields and depth, how far the count went when it stopped. */
  readonly found: number;
}

/** Where a walk through the operation stands. */
interface Place {
  readonly type: string;
  readonly owners: readonly SubgraphName[];
  readonly depth: number;
  /** How often the fields here can stand in the answer. */
  readonly times: number;
  /** Rows of the page that the field above asked for; its list directly below brings as many. */
  readonly page: number | undefined;
}

/** A limit that only has to be seen passed; ends the walk. */
class Passed extends Error {
  constructor(readonly excess: Excess) {
    super(excess.limit);
  }
}

/**
 * Measures an operation before it is planned. Lists multiply: what stands below a page of 50 counts fifty times, below two such lists
 * 2,500 times. Counting fields stops at the limit, so a bomb of fragments costs nothing.
 * @param variables values as the client sent them, not yet checked
 * @returns the limit that the operation passes; undefined when it passes none
 */
export function operationExcess(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  rules: SupergraphRules,
): Excess | undefined {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  if (operations > OPERATION_LIMITS.operations) return excess('operations', operations);
  try {
    const cost = operationCost(document, operation, variables, rules);
    return cost > OPERATION_LIMITS.cost ? excess('cost', cost) : undefined;
  } catch (error) {
    if (error instanceof Passed) return error.excess;
    throw error;
  }
}

/**
 * @returns about how many values the answer can hold, and questions to stores at their weight
 * @throws when the operation passes a limit that ends the walk
 */
export function operationCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  rules: SupergraphRules,
): number {
  return new Measure(document, operation, variables, rules).cost();
}

const excess = (limit: LimitName, found: number): Excess => ({ limit, most: OPERATION_LIMITS[limit], found });

class Measure {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  #fields = 0;
  #rootFields = 0;

  constructor(
    document: DocumentNode,
    readonly operation: OperationDefinitionNode,
    readonly variables: Readonly<Record<string, unknown>>,
    readonly rules: SupergraphRules,
  ) {
    this.#fragments = fragmentsOf(document);
  }

  cost(): number {
    const { operation, selectionSet } = this.operation;
    const root = { type: ROOT_TYPES[operation], owners: [], depth: 1, times: 1, page: undefined };
    return this.#within(selectionSet, root);
  }

  #within(set: SelectionSetNode, place: Place): number {
    if (place.depth > OPERATION_LIMITS.depth) throw new Passed(excess('depth', place.depth));
    return set.selections.reduce((sum, selection) => sum + this.#selection(selection, place), 0);
  }

  #selection(selection: SelectionNode, place: Place): number {
    if (++this.#fields > OPERATION_LIMITS.fields) throw new Passed(excess('fields', this.#fields));
    if (selection.kind === Kind.FIELD) return this.#field(selection, place);
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    if (fragment === undefined) return 0;
    return this.#within(fragment.selectionSet, {
      ...place,
      type: fragment.typeCondition?.name.value ?? place.type,
    });
  }

  #field(field: FieldNode, place: Place): number {
    if (place.depth === 1 && ++this.#rootFields > OPERATION_LIMITS.rootFields)
      throw new Passed(excess('rootFields', this.#rootFields));
    const rule = this.rules.get(place.type)?.get(field.name.value);
    const own = place.times * fieldCost(rule, place);
    if (field.selectionSet === undefined) return own;
    return own + this.#within(field.selectionSet, this.#below(field, rule, place));
  }

  /** @returns where the walk stands below a field; one that the schema does not know is taken for a single value. */
  #below(field: FieldNode, rule: FieldRule | undefined, place: Place): Place {
    const depth = place.depth + 1;
    if (!rule) return { type: '', owners: place.owners, depth, times: place.times, page: undefined };
    const { type, owners, list } = rule;
    const page = list.defaultPage === undefined ? undefined : this.#pageOf(field, list.defaultPage);
    const rows = list.isList ? (page ?? place.page ?? list.assumedSize ?? ASSUMED_LIST) : 1;
    return { type, owners, depth, times: place.times * rows, page };
  }

  /** @returns the rows asked for by `first`, as the subgraph will take it. */
  #pageOf(field: FieldNode, defaultPage: number): number {
    const given = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
    const asked = this.#numberOf(given) ?? defaultPage;
    return Number.isInteger(asked) && asked >= 1 && asked <= LARGEST_PAGE ? asked : LARGEST_PAGE;
  }

  #numberOf(value: ValueNode | undefined): number | undefined {
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    const name = value.name.value;
    const sent = ownValue(this.variables, name);
    if (typeof sent === 'number') return sent;
    const definition = this.operation.variableDefinitions?.find(
      (variable) => variable.variable.name.value === name,
    );
    return sent === undefined ? this.#numberOf(definition?.defaultValue) : undefined;
  }
}

function fieldCost(rule: FieldRule | undefined, { owners }: Place): number {
  if (rule === undefined) return FIELD_COST.value;
  if (rule.list.defaultPage !== undefined) return FIELD_COST.list;
  const isElsewhere = !rule.owners.some((owner) => owners.includes(owner));
  return rule.list.takesArguments || isElsewhere ? FIELD_COST.asking : FIELD_COST.value;
}
