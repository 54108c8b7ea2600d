import { Labelled } from './labelled.js';

interface TextFieldProps {
  readonly name?: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly type?: 'text' | 'date' | 'datetime-local' | 'number';
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly onChange: (value: string) => void;
}

/** A labelled field. What the browser does not check, the server does. */
export function TextField({
  name,
  label,
  hint,
  type = 'text',
  required = true,
  onChange,
  ...rest
}: TextFieldProps) {
  const { value, minLength, maxLength = 4096, min, max } = rest;
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          className="form-input wide-field"
          type={type}
          required={required}
          minLength={minLength}
          maxLength={type === 'text' ? maxLength : undefined}
          min={min}
          max={max}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}
