import type { Option } from './option.js';
import { Labelled } from './labelled.js';

interface SeveralFieldProps {
  readonly name?: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly options: readonly Option[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Any of many, chosen in one list. */
export function SeveralField({ name, label, values, options, onChange }: SeveralFieldProps) {
  return (
    <Labelled name={name} label={label}>
      {(control) => (
        <select
          {...control}
          className="form-select multiple"
          multiple
          value={[...values]}
          onChange={(event) => onChange([...event.target.selectedOptions].map(({ value }) => value))}
        >
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
