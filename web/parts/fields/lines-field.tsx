import { useState } from 'react';
import { useWords } from '../../text/text.js';
import { Labelled } from './labelled.js';

interface LinesFieldProps {
  readonly name?: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Several texts, one a line. */
export function LinesField({ name, label, values, onChange }: LinesFieldProps) {
  const { t } = useWords();
  const [text, setText] = useState(values.join('\n'));
  const change = (written: string) => {
    setText(written);
    const lines = written.split('\n').map((line) => line.trim());
    onChange(lines.filter((line) => line !== ''));
  };
  return (
    <Labelled name={name} label={label} hint={t('oneALine')}>
      {(control) => (
        <textarea
          {...control}
          className="form-input wide-field"
          rows={Math.max(3, values.length + 1)}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Labelled>
  );
}
