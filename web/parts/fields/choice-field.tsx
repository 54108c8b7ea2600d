import { useId } from 'react';
import { useFieldError } from '../form/field-errors.js';
import { FieldError, Labelled } from './labelled.js';
import type { Option } from './option.js';

interface ChoiceFieldProps {
  readonly name?: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}

/** One of several. A value that is none of them is shown as it is, and stays until another is chosen. */
export function ChoiceField({ name, label, value, options, onChange }: ChoiceFieldProps) {
  return (
    <Labelled name={name} label={label}>
      {(control) => (
        <select
          {...control}
          className="form-select"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.some(([known]) => known === value) ? null : <option value={value}>{value || '–'}</option>}
          {options.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface ChoicesFieldProps {
  readonly name?: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly options: readonly Option[];
  /** What a folded list is opened by; one without it is always open. */
  readonly folded?: string;
  readonly onChange: (values: readonly string[]) => void;
}

/** Any of several, each with a box of its own. */
export function ChoicesField({ folded, ...rest }: ChoicesFieldProps) {
  if (folded === undefined) return <Boxes {...rest} />;
  return (
    <details>
      <summary>{folded}</summary>
      <Boxes {...rest} />
    </details>
  );
}

function Boxes({ name, label, values, options, onChange }: Omit<ChoicesFieldProps, 'folded'>) {
  const id = useId();
  const error = useFieldError(name);
  return (
    <fieldset
      className="choices"
      data-field={name}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
    >
      <legend>{label}</legend>
      <FieldError id={`${id}-error`} text={error} />
      {options.map(([value, text]) => (
        <div className="check" key={value}>
          <input
            type="checkbox"
            id={`${id}-${value}`}
            checked={values.includes(value)}
            onChange={() => onChange(toggled(values, value, options))}
          />
          <label htmlFor={`${id}-${value}`}>{text}</label>
        </div>
      ))}
    </fieldset>
  );
}

/** @returns the values with one put in or taken out, those of the options in the options' order. */
function toggled(values: readonly string[], value: string, options: readonly Option[]): readonly string[] {
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  const known = options.map(([key]) => key);
  return [
    ...next.filter((option) => !known.includes(option)),
    ...known.filter((option) => next.includes(option)),
  ];
}
