import { createContext, useContext } from 'react';
import { NO_ERRORS, type FieldErrors } from './wrong-fields.js';

export const FieldErrorsContext = createContext<FieldErrors>(NO_ERRORS);

/** @returns what is wrong with a field of the form around it; undefined when nothing is known to be. */
export function useFieldError(name: string | undefined): string | undefined {
  const errors = useContext(FieldErrorsContext);
  return name === undefined ? undefined : errors.get(name);
}

/** @returns whether anything is known to be wrong with the fields whose names begin so. */
export function useFieldErrors(under: string): boolean {
  return [...useContext(FieldErrorsContext).keys()].some((name) => name.startsWith(under));
}
