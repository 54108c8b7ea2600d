import type { ReactNode, SubmitEvent } from 'react';
import type { CombinedError } from 'urql';
import { TextField } from '../../parts/fields/text-field.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';

interface EditorFormProps {
  readonly why: string;
  readonly onWhy: (why: string) => void;
  readonly busy: boolean;
  readonly error: CombinedError | undefined;
  readonly onSave: () => void;
  /** Undefined when there is nothing to go back to. */
  readonly onCancel: (() => void) | undefined;
  readonly children: ReactNode;
}

/** What stands around the fields of every draft: the reason, and the way on and back. What is written stays until it was taken. */
export function EditorForm({ why, onWhy, busy, error, onSave, onCancel, children }: EditorFormProps) {
  const { t } = useWords();
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <form onSubmit={save} className="section-card">
      {children}
      <TextField label={t('why')} value={why} minLength={10} maxLength={255} onChange={onWhy} />
      <p className="actions">
        <button type="submit" className="button button-primary" disabled={busy}>
          {t('saveDraft')}
        </button>
        {onCancel ? (
          <button type="button" className="button button-secondary" onClick={onCancel}>
            {t('cancel')}
          </button>
        ) : null}
      </p>
      {error ? <ProblemMessage error={error} /> : null}
    </form>
  );
}
