import { Kind, parse, visit } from 'graphql';
import { isKnownRule } from '../../subgraphs/shared/errors/rule-sentences.js';

/** What stands for a rule that is not known here. */
const SOME_RULE = 'a value that this field takes';
/** Names that errors use beside those of the schema. */
const OTHER_NAMES = ['input', 'representations', 'breakGlass'];
const INDEX = /^\d{1,3}$/;
const MAX_SEGMENTS = 8;

export type ReadDetail = (extensions: Readonly<Record<string, unknown>>) => {
  readonly field?: string;
  readonly rule?: string;
};

/**
 * @param supergraphSdl the schema whose arguments, input fields and scalars errors name
 * @returns what of a subgraph's error reaches the caller beside its code: a field of the schema and a rule of the catalogue. Any other
 * rule becomes a general one, any other field is left out
 */
export function detailReader(supergraphSdl: string): ReadDetail {
  const names = new Set(OTHER_NAMES);
  visit(parse(supergraphSdl), {
    [Kind.INPUT_VALUE_DEFINITION]: ({ name }) => void names.add(name.value),
    [Kind.SCALAR_TYPE_DEFINITION]: ({ name }) => void names.add(name.value),
  });
  const isField = (field: string): boolean => {
    const segments = field.split('.', MAX_SEGMENTS + 1);
    const others = segments.filter((segment) => !names.has(segment));
    // One place in a list is named; more figures could be a value.
    return (
      segments.length <= MAX_SEGMENTS && others.length <= 1 && others.every((segment) => INDEX.test(segment))
    );
  };
  return ({ field, rule }) => ({
    ...(typeof field === 'string' && isField(field) && { field }),
    ...(typeof rule === 'string' && { rule: isKnownRule(rule) ? rule : SOME_RULE }),
  });
}
