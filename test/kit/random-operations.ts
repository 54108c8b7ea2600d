import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** What random values are drawn from, so that they hit what exists. */
export interface Known {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
}

/** An operation a stranger to the data might send: valid by the schema, random otherwise. */
export function randomOperation(schema: GraphQLSchema, known: Known): fc.Arbitrary<string> {
  const roots = [
    ['query', schema.getQueryType()!],
    ['mutation', schema.getMutationType()!],
  ] as const;
  return fc
    .constantFrom(...roots)
    .chain(([keyword, type]) =>
      fc
        .array(fc.constantFrom(...Object.values(type.getFields())), { minLength: 1, maxLength: 3 })
        .chain((fields) =>
          fc
            .tuple(...fields.map((field, i) => randomField(field, known, 4).map((text) => `a${i}: ${text}`)))
            .map((texts) => `${keyword} Random { ${texts.join(' ')} }`),
        ),
    );
}

function randomField(
  field: GraphQLField<unknown, unknown>,
  known: Known,
  depth: number,
): fc.Arbitrary<string> {
  const type = getNamedType(field.type);
  const below = isObjectType(type) ? randomSelection(type, known, depth - 1) : fc.constant('');
  return fc
    .tuple(randomArguments(field.args, known), below)
    .map(([args, inner]) => `${field.name}${args}${inner}`);
}

function randomSelection(type: GraphQLObjectType, known: Known, depth: number): fc.Arbitrary<string> {
  const fields = Object.values(type.getFields());
  const leaves = fields.filter((field) => !isObjectType(getNamedType(field.type)));
  const usable = depth > 0 ? fields : leaves;
  if (usable.length === 0) return fc.constant(' { __typename }');
  return fc
    .subarray(usable, { minLength: 1, maxLength: Math.min(5, usable.length) })
    .chain((chosen) => fc.tuple(...chosen.map((field) => randomField(field, known, depth))))
    .map((texts) => ` { ${texts.join(' ')} }`);
}

function randomArguments(args: readonly GraphQLArgument[], known: Known): fc.Arbitrary<string> {
  if (args.length === 0) return fc.constant('');
  return fc
    .tuple(...args.map((arg) => randomValue(arg.type, known).map((value) => `${arg.name}: ${value}`)))
    .map((texts) => `(${texts.join(', ')})`);
}

function randomValue(type: GraphQLInputType, known: Known): fc.Arbitrary<string> {
  if (isNonNullType(type)) return randomValue(type.ofType, known);
  if (isListType(type))
    return fc
      .array(randomValue(type.ofType, known), { maxLength: 3 })
      .map((values) => `[${values.join(', ')}]`);
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name));
  if (isInputObjectType(type))
    return fc
      .tuple(
        ...Object.values(type.getFields()).map((field) =>
          randomValue(field.type, known).map((v) => `${field.name}: ${v}`),
        ),
      )
      .map((texts) => `{ ${texts.join(', ')} }`);
  return isScalarType(type) ? randomScalar(type.name, known) : fc.constant('null');
}

function randomScalar(name: string, { ids, texts }: Known): fc.Arbitrary<string> {
  if (name === 'ID') return fc.constantFrom(...ids).map((id) => JSON.stringify(id));
  if (name === 'Int') return fc.integer({ min: 0, max: 50 }).map(String);
  if (name === 'Boolean') return fc.boolean().map(String);
  if (name === 'CVR') return fc.constant('"12345678"');
  if (name === 'KLE') return fc.constant('"32.30.04"');
  if (name === 'Date') return fc.constant('"2026-01-02"');
  if (name === 'DateTime') return fc.constant('"2026-01-02T00:00:00Z"');
  return fc.constantFrom(...texts).map((text) => JSON.stringify(text));
}

/** Rows asked of a list with pages; rows of one without pages; and the most that lists below lists come to in an operation's limit. */
const PAGE = 2;
const LIST = 10;
const MOST_ROWS = 100;

/** @returns a selection of every field of a type, each object type at most once on a path, while lists below lists stay few. */
export function wholeSelection(type: GraphQLObjectType, path: readonly string[] = [], times = 1): string {
  const texts = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) return [];
    const inner = getNamedType(field.type);
    if (!isObjectType(inner)) return [field.name];
    if (path.includes(inner.name)) return [];
    const hasPages = field.args.some(({ name }) => name === 'first');
    const isList = isListType(getNullableType(field.type)) && field.name !== 'edges';
    const rows = times * (hasPages ? PAGE : isList ? LIST : 1);
    if (rows > MOST_ROWS) return [];
    const below = wholeSelection(inner, [...path, type.name, inner.name], rows);
    return [`${field.name}${hasPages ? `(first: ${PAGE})` : ''} ${below}`];
  });
  return `{ __typename ${texts.join(' ')} }`;
}
