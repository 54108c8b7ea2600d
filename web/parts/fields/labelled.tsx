import { useId, type ReactNode } from 'react';
import { useFieldError } from '../form/field-errors.js';

/** What a control is given by its label: its id, its name in what is sent, and what describes it. */
export interface Control {
  readonly id: string;
  readonly 'data-field': string | undefined;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface LabelledProps {
  /** The field's name in what is sent; a form tells by it what is wrong. */
  readonly name?: string | undefined;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Stands under the control. */
  readonly after?: ReactNode;
  readonly children: (control: Control) => ReactNode;
}

/** A control with its label and, where there is one, its hint and what is wrong with it. */
export function Labelled({ name, label, hint, after, children }: LabelledProps) {
  const id = useId();
  const error = useFieldError(name);
  const described = [hint === undefined ? [] : `${id}-hint`, error === undefined ? [] : `${id}-error`].flat();
  return (
    <div className={error === undefined ? undefined : 'wrong-field'}>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <span className="form-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <FieldError id={`${id}-error`} text={error} />
      {children({
        id,
        'data-field': name,
        'aria-describedby': described.join(' ') || undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {after}
    </div>
  );
}

/** What is wrong with a field; nothing when nothing is. */
export function FieldError({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return text === undefined ? null : (
    <span className="form-error-message" id={id}>
      {text}
    </span>
  );
}
