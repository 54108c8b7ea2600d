import { useState } from 'react';
import { useWords } from '../../text/text.js';
import { KleTree } from './kle-tree.js';
import { Labelled } from './labelled.js';

interface KleFieldProps {
  readonly name?: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Patterns are written, or chosen in the tree; the server says which are none. */
export function KleField({ name, label, values, onChange }: KleFieldProps) {
  const { t } = useWords();
  const [text, setText] = useState(values.join(' '));
  const change = (written: string) => {
    setText(written);
    onChange(patternsOf(written));
  };
  const add = (pattern: string) => change([...new Set([...patternsOf(text), pattern])].join(' '));
  return (
    <Labelled name={name} label={label} hint={t('kleHint')} after={<KleTree onChoose={add} />}>
      {(control) => (
        <input
          {...control}
          className="form-input wide-field"
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Labelled>
  );
}

function patternsOf(written: string): string[] {
  return written.split(/[\s,;]+/).filter((pattern) => pattern !== '');
}
