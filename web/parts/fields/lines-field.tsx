import { useId, useState } from 'react';
import { useWords } from '../../text/text.js';

interface LinesFieldProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Several texts, one a line. */
export function LinesField({ label, values, onChange }: LinesFieldProps) {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState(values.join('\n'));
  const change = (written: string) => {
    setText(written);
    onChange(
      written
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    );
  };
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <span className="form-hint" id={`${id}-hint`}>
        {t('oneALine')}
      </span>
      <textarea
        id={id}
        className="form-input wide-field"
        rows={Math.max(3, values.length + 1)}
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}
