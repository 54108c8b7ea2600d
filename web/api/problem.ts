import type { CombinedError } from 'urql';
import { ERROR_CATALOGUE } from '../../subgraphs/shared/errors/catalogue.js';
import { ruleText } from '../text/rules.js';
import type { Language } from '../text/text.js';

/** Why something did not work, in the words of the catalogue, with the reference to quote. */
export interface Problem {
  readonly code: string;
  readonly text: string;
  readonly requestId: string | undefined;
}

type Code = keyof typeof ERROR_CATALOGUE;
const isKnown = (code: unknown): code is Code =>
  typeof code === 'string' && Object.hasOwn(ERROR_CATALOGUE, code);

/** @returns what to tell of an error; `OFFLINE` when the server was not reached. */
export function problemOf(error: CombinedError, language: Language): Problem {
  const [first] = error.graphQLErrors;
  if (!first) {
    const text = {
      da: 'Der er ingen forbindelse til Overblik. Prøv igen.',
      en: 'Overblik cannot be reached. Try again.',
    };
    return { code: 'OFFLINE', text: text[language], requestId: undefined };
  }
  const { code, requestId, rule } = extensionsOf(first);
  const known = isKnown(code) ? code : 'INTERNAL';
  const words: { readonly da: string; readonly en: string } = ERROR_CATALOGUE[known].text;
  const said = typeof rule === 'string' ? ruleText(rule, language) : undefined;
  const detail = said === undefined ? '' : ` (${said})`;
  return {
    code: known,
    text: `${words[language]}${detail}`,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  };
}

/** Where an input is wrong, and the rule it breaks. */
function extensionsOf(
  error: CombinedError['graphQLErrors'][number] | undefined,
): Readonly<Record<string, unknown>> {
  return error?.extensions ?? {};
}

export interface WrongPlace {
  readonly field: string;
  readonly rule: string;
}

/** @returns where the server found an input wrong, and the rule in the words of a language; undefined when the error is another. */
export function placeOf(error: CombinedError, language: Language): WrongPlace | undefined {
  const { field, rule } = extensionsOf(error.graphQLErrors[0]);
  if (typeof field !== 'string' || typeof rule !== 'string') return undefined;
  const { text } = problemOf(error, language);
  return { field, rule: ruleText(rule, language) ?? text };
}
