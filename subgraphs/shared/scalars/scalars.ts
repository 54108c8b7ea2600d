import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { badInput } from '../errors/coded-error.js';
import { isKleNumber } from '../policy/kle.js';
import { formatCpr, normaliseCpr } from './cpr.js';
import { isCvr } from './cvr.js';
import { INSTANT_RULE, readInstant } from './instant.js';
import { readUuid } from './uuid.js';

/** @returns whether the text is an existing calendar day, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

interface TextScalar<T> {
  readonly name: string;
  readonly rule: string;
  readonly parse: (text: string) => T | undefined;
  readonly serialize: (value: unknown) => string;
}

/** A scalar that is text on the wire. A value that breaks the rule is refused without being repeated. */
function textScalar<T>({ name, rule, parse, serialize }: TextScalar<T>): GraphQLScalarType {
  const read = (value: unknown): T => {
    const parsed = typeof value === 'string' ? parse(value) : undefined;
    if (parsed === undefined) throw badInput(name, rule);
    return parsed;
  };
  return new GraphQLScalarType({
    name,
    parseValue: read,
    parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : undefined),
    serialize,
  });
}

const asText = (value: unknown): string => String(value);

/** Resolvers of the scalars every subgraph shares. */
export const SCALARS = {
  CPR: textScalar({
    name: 'CPR',
    rule: 'ten digits, DDMMYY and four more, with or without hyphen',
    parse: normaliseCpr,
    serialize: (value) => formatCpr(asText(value)),
  }),
  CVR: textScalar({
    name: 'CVR',
    rule: 'eight digits with a right check digit',
    parse: (text) => (isCvr(text) ? text : undefined),
    serialize: asText,
  }),
  KLE: textScalar({
    name: 'KLE',
    rule: 'a topic number NN.NN.NN',
    parse: (text) => (isKleNumber(text) ? text : undefined),
    serialize: asText,
  }),
  Date: textScalar({
    name: 'Date',
    rule: 'an existing day, YYYY-MM-DD',
    parse: (text) => (isDay(text) ? text : undefined),
    serialize: asText,
  }),
  DateTime: textScalar({
    name: 'DateTime',
    rule: INSTANT_RULE,
    parse: (text) => readInstant(text)?.at,
    serialize: (value) => {
      if (!(value instanceof Date)) throw new TypeError('a time that is no time');
      return value.toISOString();
    },
  }),
};

/** @returns the id in lower case; throws BAD_INPUT when it is no UUID. */
export function requireUuid(field: string, text: unknown): string {
  // A representation of another subgraph is not checked by the schema: it may hold anything.
  const id = readUuid(text);
  if (id === undefined) throw badInput(field, 'a UUID');
  return id;
}
