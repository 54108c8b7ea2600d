import { GraphQLError } from 'graphql';
import { ERROR_CATALOGUE, type ErrorCode } from './catalogue.js';

/** What may be answered beside the code: the field and the rule it broke, never the value. */
export interface ErrorDetail {
  readonly field: string;
  readonly rule: string;
}

/** @returns a GraphQL error with a code and text from the catalogue. */
export function codedError(code: ErrorCode, detail?: ErrorDetail): GraphQLError {
  const { text } = ERROR_CATALOGUE[code];
  return new GraphQLError(text.en, { extensions: { code, ...detail } });
}

/** @returns the error for a value that cannot be used. */
export function badInput(field: string, rule: string): GraphQLError {
  return codedError('BAD_INPUT', { field, rule });
}
