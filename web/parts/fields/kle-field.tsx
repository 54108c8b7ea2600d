import { useId, useState } from 'react';
import { useWords } from '../../text/text.js';
import { KleTree } from './kle-tree.js';

interface KleFieldProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Patterns are written, or chosen in the tree; the server says which are none. */
export function KleField({ label, values, onChange }: KleFieldProps) {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState(values.join(' '));
  const change = (written: string) => {
    setText(written);
    onChange(written.split(/[\s,;]+/).filter((one) => one !== ''));
  };
  const add = (pattern: string) =>
    change([...new Set([...text.split(/\s+/).filter((one) => one !== ''), pattern])].join(' '));
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <span className="form-hint" id={`${id}-hint`}>
        {t('kleHint')}
      </span>
      <input
        id={id}
        className="form-input wide-field"
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      <KleTree onChoose={add} />
    </div>
  );
}
