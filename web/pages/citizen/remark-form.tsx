import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import { RemarkTypes, WriteRemark } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { useLookUpContext } from './look-up.js';

interface RemarkFormProps {
  readonly citizenId: string;
  readonly onWritten: () => void;
}

/** A remark of one of the municipality's types, with the last day it is shown. What is written stays until it has been taken. */
export function RemarkForm({ citizenId, onWritten }: RemarkFormProps) {
  const { t } = useWords();
  const context = useLookUpContext();
  const [{ data }] = useQuery({ query: RemarkTypes });
  const [{ fetching, error }, write] = useMutation(WriteRemark);
  const types = data?.remarkTypes ?? [];
  const [fields, setFields] = useState({ type: '', text: '', validTo: '' });
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const input = { citizenId, ...fields, type: fields.type === '' ? (types[0] ?? '') : fields.type };
    const { data: told } = await write({ input }, context);
    if (!told?.writeRemark) return;
    setFields({ type: '', text: '', validTo: '' });
    onWritten();
  };
  return (
    <details className="remark-form">
      <summary>{t('writeRemark')}</summary>
      <form onSubmit={(event: SubmitEvent) => void send(event)}>
        <label className="form-label" htmlFor="remark-type">
          {t('type')}
        </label>
        <select
          id="remark-type"
          className="form-select"
          value={fields.type}
          onChange={(event) => setFields({ ...fields, type: event.target.value })}
        >
          {types.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <label className="form-label" htmlFor="remark-text">
          {t('remarkText')}
        </label>
        <textarea
          id="remark-text"
          className="form-input"
          rows={2}
          required
          maxLength={1000}
          value={fields.text}
          onChange={(event) => setFields({ ...fields, text: event.target.value })}
        />
        <label className="form-label" htmlFor="remark-to">
          {t('remarkTo')}
        </label>
        <input
          id="remark-to"
          className="form-input"
          type="date"
          required
          value={fields.validTo}
          onChange={(event) => setFields({ ...fields, validTo: event.target.value })}
        />
        <p className="actions">
          <button type="submit" className="button button-primary" disabled={fetching}>
            {t('remarkSave')}
          </button>
        </p>
        {error ? <ProblemMessage error={error} /> : null}
      </form>
    </details>
  );
}
