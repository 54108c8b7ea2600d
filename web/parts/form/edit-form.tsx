import { useEffect, useRef, useState, type ReactNode, type SubmitEvent, type SyntheticEvent } from 'react';
import type { CombinedError } from 'urql';
import { placeOf } from '../../api/problem.js';
import { useWords } from '../../text/text.js';
import { ProblemMessage } from '../problem-message.js';
import { FieldErrorsContext } from './field-errors.js';
import type { Form } from './use-form.js';
import { fieldAt, focusField, namesIn, NO_ERRORS, wrongFields, type FieldErrors } from './wrong-fields.js';

interface EditFormProps {
  readonly form: Pick<Form<object>, 'isBusy' | 'error' | 'save' | 'drop'>;
  readonly saveText: string;
  /** Undefined when there is nothing to go back to. */
  readonly onCancel: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A form around its fields: a wrong one is marked, and the first gets the focus. What is written stays until it was taken. */
export function EditForm({ form, saveText, onCancel, children }: EditFormProps) {
  const { t } = useWords();
  const { isBusy, error, save, drop } = form;
  const { element, errors, check, forget } = useFieldErrors(error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (check()) save();
  };
  const cancel = () => {
    drop();
    onCancel?.();
  };
  return (
    <form ref={element} noValidate onSubmit={submit} onChange={forget} className="section-card">
      <FieldErrorsContext value={errors}>{children}</FieldErrorsContext>
      <p className="actions">
        <button type="submit" className="button button-primary" disabled={isBusy}>
          {saveText}
        </button>
        {onCancel ? (
          <button type="button" className="button button-secondary" onClick={cancel}>
            {t('cancel')}
          </button>
        ) : null}
      </p>
      {error ? <ProblemMessage error={error} /> : null}
    </form>
  );
}

/** What is wrong with the fields: as the browser finds before the form is sent, or as the server answers. */
function useFieldErrors(refused: CombinedError | undefined) {
  const words = useWords();
  const { language } = words;
  const element = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState(NO_ERRORS);
  const tell = (found: FieldErrors) => {
    setErrors(found);
    const [first] = found.keys();
    if (first !== undefined && element.current) focusField(element.current, first);
  };
  useEffect(() => {
    const place = refused && placeOf(refused, language);
    const form = element.current;
    const name = place && form ? fieldAt(place.field, namesIn(form)) : undefined;
    if (place && name !== undefined) tell(new Map([[name, place.rule]]));
  }, [refused, language]);
  return {
    element,
    errors,
    check: () => {
      const found = element.current ? wrongFields(element.current, words) : NO_ERRORS;
      tell(found);
      return found.size === 0;
    },
    forget: ({ target }: SyntheticEvent) => {
      const field = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null;
      const name = field?.dataset['field'];
      if (name !== undefined && errors.has(name))
        setErrors(new Map([...errors].filter(([wrong]) => wrong !== name)));
    },
  };
}
