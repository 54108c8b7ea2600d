import { useEffect, useState, type SubmitEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import { problemOf } from '../../api/problem.js';
import { NoteHeadings, WriteNote } from '../../generated/operations.js';
import { useDraft } from '../../session/drafts.js';
import { useSession } from '../../session/session.js';
import type { Windows } from '../../session/windows.js';
import { ReloadButton } from '../../parts/reload-button.js';
import { useWords } from '../../text/text.js';
import type { OpenedCase } from './opened-case.js';
import { useAskFirst } from './other-person.js';

interface Note {
  readonly title: string;
  readonly text: string;
}

interface NoteFormProps {
  readonly opened: OpenedCase;
  readonly citizenId: string;
  readonly citizenName: string;
  readonly windows: Windows | undefined;
  readonly onSent: () => void;
}

const SESSION_CODES = ['SESSION_ENDED', 'UNAUTHENTICATED'];

/**
 * A note on the opened case. The write names the person that is shown; when another window has opened another person, it is
 * asked first. What is written stays until it has been taken.
 */
export function NoteForm({ opened, citizenId, citizenName, windows, onSent }: NoteFormProps) {
  const { t, language } = useWords();
  const { renewals } = useSession();
  const [{ fetching }, write] = useMutation(WriteNote);
  const draft = useDraft<Note>(`note ${opened.id}`, { title: '', text: '' });
  const { title, text } = draft.value;
  const [said, setSaid] = useState('');
  const [isOld, setOld] = useState(false);
  const { guard, question } = useAskFirst(windows, citizenName, () => setSaid(t('noteNotSent')));
  useEffect(() => {
    if (renewals === 0) return;
    setSaid(t('noteSignedInAgain'));
  }, [renewals, t]);

  const send = async () => {
    setSaid(t('noteSending'));
    const { data, error } = await write({ input: { citizenId, caseId: opened.id, title, text } });
    if (error) {
      const { code, text: why } = problemOf(error, language);
      setOld(code === 'OPERATION_UNKNOWN');
      return setSaid(SESSION_CODES.includes(code) ? t('noteSessionEnded') : t('noteRefused', { why }));
    }
    if (!data?.writeNote) return setSaid(t('noteNotSent'));
    draft.clear();
    setSaid(t('noteSent'));
    onSent();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    guard(() => void send());
  };
  const system = opened.sourceSystem?.name ?? '–';
  return (
    <section aria-labelledby="note-heading" className="note-form">
      <h2 id="note-heading">{t('writeNote')}</h2>
      <form onSubmit={submit}>
        <NoteFields note={draft.value} onChange={draft.set} />
        <p className="actions">
          <button type="submit" className="button button-primary" disabled={fetching}>
            {t('sendNote', { system })}
          </button>
        </p>
        <p role="status" data-said>
          {said}
        </p>
        {isOld ? <ReloadButton /> : null}
      </form>
      {question}
    </section>
  );
}

interface NoteFieldsProps {
  readonly note: Note;
  readonly onChange: (note: Note) => void;
}

/** A heading, of the municipality's or of one's own, and the text. */
function NoteFields({ note, onChange }: NoteFieldsProps) {
  const { t } = useWords();
  const [{ data }] = useQuery({ query: NoteHeadings });
  return (
    <>
      <label className="form-label" htmlFor="note-title">
        {t('noteHeading')}
      </label>
      <input
        id="note-title"
        className="form-input"
        list="note-headings"
        maxLength={255}
        required
        value={note.title}
        onChange={(event) => onChange({ ...note, title: event.target.value })}
      />
      <datalist id="note-headings">
        {data?.noteHeadings?.map((noteHeading) => (
          <option key={noteHeading} value={noteHeading} />
        ))}
      </datalist>
      <label className="form-label" htmlFor="note-text">
        {t('noteText')}
      </label>
      <textarea
        id="note-text"
        className="form-input"
        rows={5}
        required
        value={note.text}
        onChange={(event) => onChange({ ...note, text: event.target.value })}
      />
    </>
  );
}
