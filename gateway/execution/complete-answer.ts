import {
  type DocumentNode,
  type FieldNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
} from 'graphql';
import { isJsonObject, type JsonObject } from '../../subgraphs/shared/certain/json-object.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import { ownValue, setOwnValue } from '../../subgraphs/shared/names/own-value.js';
import { FieldCollector, NotLean } from './selected-fields.js';

type Path = readonly (string | number)[];

/** An answer in the operation's shape, and where a required value was missing or a value was none of its type. */
export interface CompletedAnswer {
  readonly data: JsonObject | null;
  readonly missing: readonly Path[];
}

/** Brings what subgraphs answered into an operation's shape. Throws when a list is none. */
export type CompleteAnswer = (answered: JsonObject) => CompletedAnswer;

/** What one answer has come to so far. */
interface Completion {
  readonly path: (string | number)[];
  readonly missing: Path[];
}

/** Null whose error is in the answer; a required value that is missing takes what holds it along. */
const NULLED = Symbol('null, with its error');
const BROKEN = Symbol('required, and missing');

type Complete = (value: unknown, completion: Completion) => unknown;

/**
 * Compiles an operation once, so that an answer is completed without looking anything up in the schema: fields in the operation's
 * order, nothing that was not asked for, null where the rules of GraphQL want it (GraphQL specification, 6.4.4).
 * @throws NotLean for an operation with directives or abstract types
 */
export function compileCompletion(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompleteAnswer {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new NotLean('a root type that the graph has not');
  const complete = new Compiler(new FieldCollector(document)).object(root, [operation]);
  return (answered) => {
    const missing: Path[] = [];
    const data = complete(answered, { path: [], missing });
    return { data: data === NULLED ? null : data, missing };
  };
}

class Compiler {
  constructor(readonly collector: FieldCollector) {}

  /** @param holders nodes whose selection sets ask of one and the same object */
  object(
    type: GraphQLObjectType,
    holders: readonly (FieldNode | OperationDefinitionNode)[],
  ): (value: unknown, completion: Completion) => JsonObject | typeof NULLED {
    const sets = holders.flatMap(({ selectionSet }) => selectionSet ?? []);
    const fields = [...this.collector.of(sets)].map(
      ([name, nodes]) => [name, this.#field(type, nodes)] as const,
    );
    return (value, completion) => {
      if (!isJsonObject(value)) throw new TypeError('a subgraph answered no object where there must be one');
      return completeObject(fields, value, completion);
    };
  }

  #field(type: GraphQLObjectType, nodes: readonly FieldNode[]): Complete {
    const name = present(nodes[0], 'a node of a field').name.value;
    if (name === '__typename') return () => type.name;
    const field = ownValue(type.getFields(), name);
    if (!field) throw new NotLean('a field of introspection');
    return this.#value(field.type, nodes);
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (isNonNullType(type)) return required(this.#value(type.ofType, nodes));
    if (isListType(type)) return orNull(list(this.#value(type.ofType, nodes)));
    if (isLeafType(type)) return orNull(leaf(type));
    if (isAbstractType(type)) throw new NotLean('an abstract type');
    return orNull(this.object(type, nodes));
  }
}

function completeObject(
  fields: readonly (readonly [string, Complete])[],
  value: JsonObject,
  completion: Completion,
): JsonObject | typeof NULLED {
  const result: JsonObject = {};
  for (const [name, complete] of fields) {
    completion.path.push(name);
    const completed = complete(ownValue(value, name), completion);
    completion.path.pop();
    if (completed === BROKEN) return NULLED;
    setOwnValue(result, name, completed === NULLED ? null : completed);
  }
  return result;
}

function orNull(complete: Complete): Complete {
  return (value, completion) => (value == null ? null : complete(value, completion));
}

function required(complete: Complete): Complete {
  return (value, completion) => {
    const completed = complete(value, completion);
    if (completed === null) completion.missing.push([...completion.path]);
    return completed === null || completed === NULLED ? BROKEN : completed;
  };
}

function list(complete: Complete): Complete {
  return (value, completion) => {
    if (!Array.isArray(value)) throw new TypeError('a subgraph answered no list where there must be one');
    const items = value.map((item, at) => {
      completion.path.push(at);
      const completed = complete(item, completion);
      completion.path.pop();
      return completed === NULLED ? null : completed;
    });
    return items.includes(BROKEN) ? NULLED : items;
  };
}

function leaf(type: GraphQLLeafType): Complete {
  const isOfType = leafTest(type);
  return (value, completion) => {
    if (isOfType(value)) return value;
    completion.missing.push([...completion.path]);
    return NULLED;
  };
}

const isWhole = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value);

/** Scalars of our own are checked where they are made; of the others each value is looked at. */
function leafTest(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) return (value) => typeof value === 'string' && type.getValue(value) !== undefined;
  if (!isSpecifiedScalarType(type)) return () => true;
  switch (type.name) {
    case 'Boolean':
      return (value) => typeof value === 'boolean';
    case 'Int':
      return isWhole;
    case 'Float':
      return (value) => typeof value === 'number' && Number.isFinite(value);
    case 'ID':
      return (value) => typeof value === 'string' || isWhole(value);
    default:
      return (value) => typeof value === 'string';
  }
}
