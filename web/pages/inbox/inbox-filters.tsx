import { useState, type SubmitEvent } from 'react';
import type { AlertEventType } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import type { Narrowed, Shown } from './inbox-memory.js';
import type { InboxGroup } from './inbox-page.js';
import { SavedSearchBar } from './saved-searches.js';

export const EVENT_TYPES: readonly AlertEventType[] = [
  'CASE_ARISEN',
  'CASE_CLOSED',
  'GRANT_ACTIVE',
  'GRANT_PASSIVE',
  'REGISTER_EVENT',
  'GENERAL',
];

interface InboxFiltersProps {
  readonly narrowed: Narrowed;
  readonly groups: readonly InboxGroup[];
  readonly onNarrow: (narrowed: Narrowed) => void;
}

/** What the inbox is narrowed to, and the searches that have been kept. */
export function InboxFilters({ narrowed, groups, onNarrow }: InboxFiltersProps) {
  const { t, word } = useWords();
  const [kle, setKle] = useState(narrowed.kle);
  const applyKle = (event: SubmitEvent) => {
    event.preventDefault();
    onNarrow({ ...narrowed, kle: kle.trim() });
  };
  return (
    <>
      <SavedSearchBar
        narrowed={narrowed}
        onNarrow={(next) => {
          setKle(next.kle);
          onNarrow(next);
        }}
      />
      <form className="filters" onSubmit={applyKle}>
        <Choice
          id="states"
          label={t('inboxStates')}
          value={narrowed.shown}
          options={[
            ['open', t('inboxOpen')],
            ['done', t('inboxDone')],
          ]}
          onChange={(shown) => onNarrow({ ...narrowed, shown: shown as Shown })}
        />
        <Choice
          id="group"
          label={t('group')}
          value={narrowed.groupId ?? ''}
          options={[
            ['', t('all')],
            ...groups.map(({ id, name, count }): [string, string] => [id, `${name ?? '–'} (${count ?? 0})`]),
          ]}
          onChange={(groupId) => onNarrow({ ...narrowed, groupId: groupId === '' ? null : groupId })}
        />
        <Choice
          id="event-type"
          label={t('event')}
          value={narrowed.eventType ?? ''}
          options={[['', t('all')], ...EVENT_TYPES.map((one): [string, string] => [one, word('event', one)])]}
          onChange={(type) =>
            onNarrow({ ...narrowed, eventType: EVENT_TYPES.find((one) => one === type) ?? null })
          }
        />
        <div>
          <label className="form-label" htmlFor="inbox-kle">
            {t('inboxKle')}
          </label>
          <input
            id="inbox-kle"
            className="form-input"
            maxLength={20}
            value={kle}
            onChange={(event) => setKle(event.target.value)}
          />
        </div>
        <div className="check">
          <input
            type="checkbox"
            id="mine"
            checked={narrowed.mine}
            onChange={(event) => onNarrow({ ...narrowed, mine: event.target.checked })}
          />
          <label htmlFor="mine">{t('inboxMine')}</label>
        </div>
        <button type="submit" className="button button-secondary">
          {t('inboxNarrow')}
        </button>
      </form>
    </>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ id, label, value, options, onChange }: ChoiceProps) {
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="form-select"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.some(([key]) => key === value) ? null : <option value={value}>–</option>}
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
