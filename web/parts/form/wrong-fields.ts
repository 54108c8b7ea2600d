import type { Words } from '../../text/text.js';

/** What is wrong with fields, by the name each has in what is sent. */
export type FieldErrors = ReadonlyMap<string, string>;

export const NO_ERRORS: FieldErrors = new Map();

/** The browser's own finding about a control, and the bounds it went by. */
export interface Checked {
  readonly validity: Pick<ValidityState, 'valid' | 'valueMissing' | 'tooShort' | 'tooLong' | 'badInput'>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: string;
  readonly max?: string;
}

/** @returns what is wrong with a control, in the page's language; undefined when nothing is. */
export function wordsForWrong(control: Checked, { t }: Pick<Words, 't'>): string | undefined {
  const { validity, minLength = 0, maxLength = 0, min = '', max = '' } = control;
  if (validity.valid) return undefined;
  if (validity.badInput) return t('fieldUnreadable');
  if (validity.valueMissing) return t('fieldMissing');
  if (validity.tooShort) return t('fieldTooShort', { count: minLength });
  if (validity.tooLong) return t('fieldTooLong', { count: maxLength });
  return min !== '' && max !== '' ? t('fieldNumber', { min, max }) : t('fieldUnreadable');
}

/** @returns what is wrong with the fields of a form, in their order on the page. */
export function wrongFields(form: HTMLFormElement, words: Pick<Words, 't'>): FieldErrors {
  const controls = [...form.querySelectorAll<HTMLInputElement>('[data-field]:not(fieldset)')];
  return new Map(
    controls.flatMap((control) => {
      const [name, wrong] = [control.dataset['field'], wordsForWrong(control, words)];
      return name === undefined || wrong === undefined ? [] : [[name, wrong] as const];
    }),
  );
}

/**
 * @param path where the server found something wrong, such as `input.grants.0.kle.1`
 * @returns the field it is in; undefined when none of the names is
 */
export function fieldAt(path: string, names: readonly string[]): string | undefined {
  const within = names.filter((name) => `.${path}.`.includes(`.${name}.`));
  return within.sort((left, other) => other.length - left.length)[0];
}

/** @returns the names of a form's fields, in their order on the page. */
export function namesIn(form: HTMLFormElement): string[] {
  return [...form.querySelectorAll<HTMLElement>('[data-field]')].flatMap(
    ({ dataset }) => dataset['field'] ?? [],
  );
}

/** Takes the user to a field; to the first box of several. */
export function focusField(form: HTMLFormElement, name: string): void {
  const field = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
  field?.closest('details')?.setAttribute('open', '');
  field?.closest('[hidden]')?.removeAttribute('hidden');
  const control = field instanceof HTMLFieldSetElement ? field.querySelector('input') : field;
  control?.focus();
}
