import { useState } from 'react';
import { problemOf } from '../../api/problem.js';
import { useWords } from '../../text/text.js';
import { AssignForm } from './assign-form.js';
import type { InboxAlert } from './inbox-rows.js';
import { ReminderForm } from './reminder-form.js';
import { useHandling, UNDOES, type Act, type Handled } from './use-handling.js';

interface AlertToolbarProps {
  readonly chosen: readonly InboxAlert[];
  /** Called with the alerts of the selection that were not changed. */
  readonly onLeft: (ids: readonly string[]) => void;
  /** Called with what alerts have become, before the list is read anew. */
  readonly onChanged: (ids: readonly string[], change: Partial<InboxAlert>) => void;
  readonly onReminded: () => void;
}

/** What came of an act: in words, alert by alert where it was not done, and how it is taken back. */
interface Report {
  readonly text: string;
  readonly left: readonly string[];
  readonly undo: (() => void) | undefined;
}

const NOTHING: Report = { text: '', left: [], undo: undefined };
const UNDO_MS = 60_000;

/** What can be done to a selection; an act on several asks first, and what the graph can take back can be undone for a minute. */
export function AlertToolbar({ chosen, onLeft, onChanged, onReminded }: AlertToolbarProps) {
  const { t, language } = useWords();
  const [report, setReport] = useState(NOTHING);
  const [asking, setAsking] = useState<Act | 'remind' | null>(null);
  const handle = useHandling();
  const titleOf = (id: string) => chosen.find((alert) => alert.id === id)?.title ?? t('alert');
  const tell = ({ act, done, left, change, error }: Handled) => {
    setAsking(null);
    if (error) return setReport({ ...NOTHING, text: problemOf(error, language).text });
    const back = UNDOES[act];
    const undo = () => void handle(back ?? act, done).then(tell);
    const text = t(done.length === 1 ? `did_${act}` : `dids_${act}`, { count: done.length });
    const kept: Report = {
      text: done.length === 0 ? t('changeDone', { count: 0 }) : text,
      left: left.map(({ id, reason }) => `${titleOf(id)}: ${t(`change_${reason ?? 'NOT_FOUND'}`)}`),
      undo: back && done.length > 0 ? undo : undefined,
    };
    setReport(kept);
    setTimeout(() => setReport((now) => (now === kept ? { ...now, undo: undefined } : now)), UNDO_MS);
    onLeft(left.map(({ id }) => id));
    onChanged(done, change);
  };
  const ids = chosen.map(({ id }) => id);
  const run = (act: Act, to?: string) => void handle(act, ids, to).then(tell);
  const [only] = chosen.length === 1 ? chosen : [];
  return (
    <>
      <Buttons
        count={ids.length}
        report={report}
        onAct={(act) => (act === 'assign' || ids.length > 1 ? setAsking(act) : run(act))}
        onRemind={only ? () => setAsking('remind') : undefined}
      />
      {asking === 'assign' && ids.length > 0 ? (
        <AssignForm onAssign={(to) => run('assign', to)} onCancel={() => setAsking(null)} />
      ) : null}
      {asking === 'take' || asking === 'giveBack' || asking === 'complete' ? (
        <Confirm act={asking} count={ids.length} onYes={() => run(asking)} onNo={() => setAsking(null)} />
      ) : null}
      {asking === 'remind' && only ? (
        <ReminderForm
          key={only.id}
          alertId={only.id}
          title={only.title ?? ''}
          onDone={(made) => {
            setAsking(null);
            if (made) onReminded();
          }}
        />
      ) : null}
    </>
  );
}

interface ConfirmProps {
  readonly act: Exclude<Act, 'assign'>;
  readonly count: number;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** An act on several alerts says how many before it is done. */
function Confirm({ act, count, onYes, onNo }: ConfirmProps) {
  const { t } = useWords();
  return (
    <div className="toolbar" role="group" aria-label={t(act)}>
      <button type="button" className="button button-primary" autoFocus onClick={onYes}>
        {t(`ask_${act}`, { count })}
      </button>
      <button type="button" className="button button-secondary" onClick={onNo}>
        {t('cancel')}
      </button>
    </div>
  );
}

interface ButtonsProps {
  readonly count: number;
  /** What came of what was done last. */
  readonly report: Report;
  readonly onAct: (act: Act) => void;
  /** Undefined unless one alert is chosen. */
  readonly onRemind: (() => void) | undefined;
}

function Buttons({ count, report, onAct, onRemind }: ButtonsProps) {
  const { t } = useWords();
  return (
    <div className="toolbar" role="group" aria-label={t('inboxSelected', { count })}>
      <span>{t('inboxSelected', { count })}</span>
      {(['take', 'giveBack', 'complete', 'assign'] as const).map((act) => (
        <button
          key={act}
          type="button"
          className="button button-secondary"
          disabled={count === 0}
          onClick={() => onAct(act)}
        >
          {t(act)}
        </button>
      ))}
      <button type="button" className="button button-secondary" disabled={!onRemind} onClick={onRemind}>
        {t('remind')}
      </button>
      <span role="status" data-said>
        {report.text}
      </span>
      {report.undo ? (
        <button type="button" className="plain" onClick={report.undo}>
          {t('takeBack')}
        </button>
      ) : null}
      {report.left.length === 0 ? null : (
        <ul role="status">
          {report.left.map((line, i) => (
            <li key={i}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
