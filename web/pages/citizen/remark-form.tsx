import type { SubmitEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import { RemarkTypes, WriteRemark } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import type { Windows } from '../../session/windows.js';
import { useDraft } from '../../session/drafts.js';
import { useWords } from '../../text/text.js';
import { useLookUpContext } from './look-up.js';
import { useAskFirst } from './other-person.js';

interface Fields {
  readonly type: string;
  readonly text: string;
  readonly validTo: string;
}

interface RemarkFormProps {
  readonly citizenId: string;
  readonly citizenName: string;
  readonly windows: Windows | undefined;
  readonly onWritten: () => void;
}

/** A remark of one of the municipality's types, with the last day it is shown. What is written stays until it has been taken. */
export function RemarkForm({ citizenId, citizenName, windows, onWritten }: RemarkFormProps) {
  const { t } = useWords();
  const context = useLookUpContext();
  const [{ data }] = useQuery({ query: RemarkTypes });
  const [{ fetching, error }, write] = useMutation(WriteRemark);
  const types = data?.remarkTypes ?? [];
  const {
    value: fields,
    set: setFields,
    clear,
  } = useDraft<Fields>(`remark ${citizenId}`, {
    type: '',
    text: '',
    validTo: '',
  });
  const { guard, question } = useAskFirst(windows, citizenName, () => undefined);
  const send = async () => {
    const input = { citizenId, ...fields, type: fields.type === '' ? (types[0] ?? '') : fields.type };
    const { data: written } = await write({ input }, context);
    if (!written?.writeRemark) return;
    clear();
    onWritten();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    guard(() => void send());
  };
  return (
    <details className="remark-form" open={fields.text === '' ? undefined : true}>
      <summary>{t('writeRemark')}</summary>
      <form onSubmit={submit}>
        <RemarkFields types={types} fields={fields} onChange={setFields} />
        <p className="actions">
          <button type="submit" className="button button-primary" disabled={fetching}>
            {t('remarkSave')}
          </button>
        </p>
        {error ? <ProblemMessage error={error} /> : null}
      </form>
      {question}
    </details>
  );
}

interface RemarkFieldsProps {
  readonly types: readonly string[];
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
}

function RemarkFields({ types, fields, onChange }: RemarkFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <label className="form-label" htmlFor="remark-type">
        {t('type')}
      </label>
      <select
        id="remark-type"
        className="form-select"
        value={fields.type}
        onChange={(event) => onChange({ ...fields, type: event.target.value })}
      >
        {types.map((option) => (
          <option key={option} value={option}>
            {option}
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
        onChange={(event) => onChange({ ...fields, text: event.target.value })}
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
        onChange={(event) => onChange({ ...fields, validTo: event.target.value })}
      />
    </>
  );
}
