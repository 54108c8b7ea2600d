import { useId } from 'react';

interface TextFieldProps {
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
  label,
  hint,
  value,
  type = 'text',
  required = true,
  minLength,
  maxLength = 4096,
  min,
  max,
  onChange,
}: TextFieldProps) {
  const id = useId();
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <span className="form-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <input
        id={id}
        className="form-input wide-field"
        type={type}
        required={required}
        minLength={minLength}
        maxLength={type === 'text' ? maxLength : undefined}
        min={min}
        max={max}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
