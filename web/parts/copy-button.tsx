import { useState } from 'react';
import { useWords } from '../text/text.js';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, as the button says it. */
  readonly label: string;
}

/** Copies a text to the clipboard and says so; where the browser forbids it, that is said. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useWords();
  const [said, setSaid] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(t('copied')),
      () => setSaid(t('notCopied')),
    );
  return (
    <>
      <button type="button" className="plain copy" onClick={() => void copy()}>
        {label}
      </button>
      <span role="status">{said === '' ? '' : ` ${said}`}</span>
    </>
  );
}
