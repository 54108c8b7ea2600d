import { useState, type SubmitEvent } from 'react';
import { useQuery } from 'urql';
import { AuditLog, type AuditFilter } from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { CODE_NAMES, codeName } from '../../text/codes.js';
import { useWords } from '../../text/text.js';
import { MoreRows } from '../../parts/more-rows.js';
import { ChainStatus } from './chain-status.js';
import { usePages } from '../../parts/pages-of.js';
import { LookUpTable } from './look-up-table.js';
import type { Entry } from './look-ups.js';
import { DECISIONS, filterOf } from './filter.js';

const PAGE = 50;

/** The controller's page: who looked at whom, when, by which rule. */
export default function LogPage() {
  const { t } = useWords();
  usePageTitle(t('log'));
  const [asked, setAsked] = useState<{ readonly filter: AuditFilter; readonly number: number }>({
    filter: {},
    number: 0,
  });
  const search = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setAsked({ filter: filterOf(fields), number: asked.number + 1 });
  };
  return (
    <div className="wide">
      <h1>{t('log')}</h1>
      <form className="filters" onSubmit={search}>
        <Field name="user" label={t('logUser')} />
        <Field name="citizenId" label={t('logCitizen')} />
        <Field name="requestId" label={t('reference')} />
        <EventField />
        <Field name="from" label={t('logFrom')} type="date" />
        <Field name="to" label={t('logTo')} type="date" />
        <div>
          <label className="form-label" htmlFor="log-decision">
            {t('logDecision')}
          </label>
          <select id="log-decision" name="decision" className="form-select">
            <option value="">{t('logAll')}</option>
            {DECISIONS.map((decision) => (
              <option key={decision} value={decision}>
                {t(`decision_${decision}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="check">
          <input type="checkbox" id="log-alarmed" name="alarmed" />
          <label htmlFor="log-alarmed">{t('logAlarmed')}</label>
        </div>
        <button type="submit" className="button button-primary">
          {t('logSearch')}
        </button>
      </form>
      <Entries key={asked.number} filter={asked.filter} />
      <ChainStatus />
    </div>
  );
}

/** What was done, chosen by name; the filter takes its code. */
function EventField() {
  const { t, language } = useWords();
  const options = Object.keys(CODE_NAMES.events)
    .map((code) => ({ code, name: codeName('events', code, language) }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  return (
    <div>
      <label className="form-label" htmlFor="log-event">
        {t('logWhat')}
      </label>
      <select id="log-event" name="event" className="form-select">
        <option value="">{t('logAll')}</option>
        {options.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'date';
}

function Field({ name, label, type = 'text' }: FieldProps) {
  return (
    <div>
      <label className="form-label" htmlFor={`log-${name}`}>
        {label}
      </label>
      <input id={`log-${name}`} name={name} type={type} className="form-input" autoComplete="off" />
    </div>
  );
}

function Entries({ filter }: { readonly filter: AuditFilter }) {
  const { t } = useWords();
  const pages = usePages<Entry>();
  const [{ data, fetching, error }, again] = useQuery({
    query: AuditLog,
    variables: { filter, first: PAGE, after: pages.after },
  });
  const log = data?.auditLog;
  const { rows, more } = pages.rows(log && { ...log, totalCount: null });
  if (error && !log)
    return <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (fetching && !log) return <p role="status">{t('loading')}</p>;
  if (rows.length === 0) return <p role="status">{t('logNone')}</p>;
  return (
    <>
      <LookUpTable entries={rows} />
      <MoreRows shown={rows.length} total={null} more={more} fetching={fetching} />
    </>
  );
}
