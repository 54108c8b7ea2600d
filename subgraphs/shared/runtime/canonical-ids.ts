import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLArgument,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { isJsonObject } from '../certain/json-object.js';
import { canonicalId } from '../scalars/uuid.js';

type Values = Readonly<Record<string, unknown>>;

/** Makes every resolver of a schema get its ids as they are kept: whatever argument or input field is of type ID. */
export function takeCanonicalIds(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const withIds = field.args.filter((arg) => holdsIds(arg.type, new Set()));
      if (withIds.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args: Values, context, info) =>
        resolve(source, withCanonical(args, withIds), context, info);
    }
  }
}

function holdsIds(type: GraphQLInputType, seen: Set<string>): boolean {
  const named = getNamedType(type);
  if (named === GraphQLID) return true;
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some((field) => holdsIds(field.type, seen));
}

function withCanonical(values: Values, of: readonly Pick<GraphQLArgument, 'name' | 'type'>[]): Values {
  const types = new Map(of.map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const type = types.get(name);
      return [name, type ? canonical(value, type) : value];
    }),
  );
}

function canonical(value: unknown, type: GraphQLInputType): unknown {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return canonical(value, type.ofType);
  if (isListType(type)) return listIn(value).map((element) => canonical(element, type.ofType));
  if (isInputObjectType(type)) return withCanonical(objectIn(value), Object.values(type.getFields()));
  return type === GraphQLID && typeof value === 'string' ? canonicalId(value) : value;
}

function listIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('an argument that is a list is none');
  return value;
}

function objectIn(value: unknown): Values {
  if (!isJsonObject(value)) throw new TypeError('an argument that is an input object is none');
  return value;
}
