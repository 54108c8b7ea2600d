import { useId, useState, type SubmitEvent } from 'react';
import { useWords } from '../text/text.js';

interface WithReasonProps {
  readonly label: string;
  readonly onGiven: (why: string) => void;
}

/** An act that needs a reason: the field opens first, and the act waits for it. */
export function WithReason({ label, onGiven }: WithReasonProps) {
  const { t } = useWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  const given = (event: SubmitEvent) => {
    event.preventDefault();
    onGiven(why.trim());
  };
  if (!isOpen)
    return (
      <button type="button" className="button button-secondary" onClick={() => setOpen(true)}>
        {label}
      </button>
    );
  return (
    <form onSubmit={given} className="reason-form">
      <label className="form-label" htmlFor={id}>
        {t('why')}
      </label>
      <textarea
        id={id}
        className="form-input"
        required
        minLength={10}
        maxLength={255}
        rows={2}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
      />
      <p className="actions">
        <button type="submit" className="button button-primary">
          {label}
        </button>
        <button type="button" className="button button-secondary" onClick={() => setOpen(false)}>
          {t('cancel')}
        </button>
      </p>
    </form>
  );
}
