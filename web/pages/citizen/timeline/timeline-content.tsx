import { useState } from 'react';
import { CitizenTimeline } from '../../../generated/operations.js';
import { ProblemMessage } from '../../../parts/problem-message.js';
import { useWords } from '../../../text/text.js';
import { useLookUp } from '../look-up.js';
import { KINDS, lastDayOf, since, spansOf, type Kind, type Span } from './spans.js';
import { TimelineChart } from './timeline-chart.js';
import { danishDay } from '../../../../subgraphs/shared/days/danish-day.js';
import { addYears } from '../../../../subgraphs/shared/days/calendar.js';

/** Years that are shown; null for all. */
const ZOOMS = [null, 10, 5, 1] as const;

/** The timeline itself; it and what it asks for are fetched when it is opened. */
export default function TimelineContent({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [{ data, fetching, error }, again] = useLookUp(CitizenTimeline, { id });
  const [years, setYears] = useState<number | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<Kind>>(new Set());
  if (fetching && !data) return <p role="status">{t('loading')}</p>;
  if (!data?.citizen)
    return error ? (
      <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
    ) : null;
  const today = danishDay(new Date());
  const { spans, incomplete } = spansOf(data.citizen);
  const from = years === null ? null : addYears(today, -years);
  const shown = since(spans, from).filter(({ kind }) => !hidden.has(kind));
  const toggle = (kind: Kind) =>
    setHidden(
      hidden.has(kind) ? new Set([...hidden].filter((other) => other !== kind)) : new Set([...hidden, kind]),
    );
  return (
    <>
      <div className="filters">
        <YearsField years={years} onChange={setYears} />
        {KINDS.map((kind) => (
          <div className="check" key={kind}>
            <input
              type="checkbox"
              id={`timeline-${kind}`}
              checked={!hidden.has(kind)}
              onChange={() => toggle(kind)}
            />
            <label htmlFor={`timeline-${kind}`}>
              <span className={`swatch bar-${kind}`} aria-hidden="true" /> {t(kind)}
            </label>
          </div>
        ))}
      </div>
      {incomplete.length === 0 ? null : (
        <p className="behind-sources">
          {t('timelineIncomplete', { what: incomplete.map((kind) => t(kind)).join(', ') })}
        </p>
      )}
      {shown.length === 0 ? <p>{t('none')}</p> : <Drawn shown={shown} from={from} today={today} />}
    </>
  );
}

interface YearsFieldProps {
  readonly years: number | null;
  readonly onChange: (years: number | null) => void;
}

function YearsField({ years, onChange }: YearsFieldProps) {
  const { t } = useWords();
  return (
    <div>
      <label className="form-label" htmlFor="timeline-years">
        {t('timelineYears')}
      </label>
      <select
        id="timeline-years"
        className="form-select"
        value={years ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
      >
        {ZOOMS.map((zoom) => (
          <option key={zoom ?? 'all'} value={zoom ?? ''}>
            {zoom === null ? t('timelineAll') : t('timelineLast', { count: zoom })}
          </option>
        ))}
      </select>
    </div>
  );
}

interface DrawnProps {
  readonly shown: readonly Span[];
  readonly from: string | null;
  readonly today: string;
}

function Drawn({ shown, from, today }: DrawnProps) {
  const { t, date } = useWords();
  const start = from ?? shown.reduce((first, span) => (span.from < first ? span.from : first), today);
  return (
    <>
      <TimelineChart spans={shown} from={start} today={today} />
      <details>
        <summary>{t('timelineTable')}</summary>
        <div className="scrolls" tabIndex={0} role="group" aria-label={t('timeline')}>
          <table className="table table--compact">
            <thead>
              <tr>
                <th scope="col">{t('timelineFrom')}</th>
                <th scope="col">{t('timelineTo')}</th>
                <th scope="col">{t('type')}</th>
                <th scope="col">{t('title')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((span) => (
                <tr key={span.key}>
                  <td>{date(span.from)}</td>
                  <td>{date(lastDayOf(span))}</td>
                  <td>{t(span.kind)}</td>
                  <td>{span.label}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
