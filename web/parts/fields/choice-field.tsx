import { useId } from 'react';
import { Labelled } from './labelled.js';

/** A value and how it is told. */
export type Option = readonly [value: string, text: string];

interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}

/** One of several. A value that is none of them is shown as it is, and stays until another is chosen. */
export function ChoiceField({ label, value, options, onChange }: ChoiceFieldProps) {
  return (
    <Labelled label={label}>
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
  readonly label: string;
  readonly values: readonly string[];
  readonly options: readonly Option[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Any of several, each with a box of its own. */
export function ChoicesField({ label, values, options, onChange }: ChoicesFieldProps) {
  const id = useId();
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      {options.map(([value, text]) => (
        <div className="check" key={value}>
          <input
            type="checkbox"
            id={`${id}-${value}`}
            checked={values.includes(value)}
            onChange={() => toggle(value)}
          />
          <label htmlFor={`${id}-${value}`}>{text}</label>
        </div>
      ))}
    </fieldset>
  );
}
