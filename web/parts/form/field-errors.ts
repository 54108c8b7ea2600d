import { createContext, useContext } from 'react';
import { NO_ERRORS, type FieldErrors } from './wrong-fields.js';

export const FieldErrorsContext = createContext<FieldErrors>(NO_ERRORS);

/** @returns what is wrong with a field of the form around it; undefined when nothing is known to be. */
export function useFieldError(name: string | undefined): string | undefined {
  const errors = useContext(FieldErrorsContext);
  return name === undefined ? undefined : errors.get(name);
}
