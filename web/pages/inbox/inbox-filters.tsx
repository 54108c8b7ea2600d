import { useState, type SubmitEvent } from 'react';
import { EVENT_TYPES } from '../../parts/event-types.js';
import { ChoiceField } from '../../parts/fields/choice-field.js';
import { useWords } from '../../text/text.js';
import type { Narrowed } from './inbox-memory.js';
import { groupCount, type InboxGroup } from './inbox-rows.js';
import { SavedSearchBar } from './saved-searches.js';

interface InboxFiltersProps {
  readonly narrowed: Narrowed;
  readonly groups: readonly InboxGroup[];
  readonly onNarrow: (narrowed: Narrowed) => void;
}

/** What the inbox is narrowed to, and the searches that have been kept. */
export function InboxFilters({ narrowed, groups, onNarrow }: InboxFiltersProps) {
  const { t } = useWords();
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
        <Choices narrowed={narrowed} groups={groups} onNarrow={onNarrow} />
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

/** What is chosen of lists, and holds at once. */
function Choices({ narrowed, groups, onNarrow }: InboxFiltersProps) {
  const { t, word } = useWords();
  return (
    <>
      <ChoiceField
        label={t('inboxStates')}
        value={narrowed.shown}
        options={[
          ['open', t('inboxOpen')],
          ['done', t('inboxDone')],
        ]}
        onChange={(shown) => onNarrow({ ...narrowed, shown: shown === 'done' ? 'done' : 'open' })}
      />
      <ChoiceField
        label={t('group')}
        value={narrowed.groupId ?? ''}
        options={[
          ['', t('all')],
          ...groups.map(({ id, name, count }): [string, string] => [
            id,
            `${name ?? '–'} (${groupCount(count ?? 0)})`,
          ]),
        ]}
        onChange={(groupId) => onNarrow({ ...narrowed, groupId: groupId === '' ? null : groupId })}
      />
      <ChoiceField
        label={t('event')}
        value={narrowed.eventType ?? ''}
        options={[
          ['', t('all')],
          ...EVENT_TYPES.map((eventType): [string, string] => [eventType, word('event', eventType)]),
        ]}
        onChange={(type) =>
          onNarrow({ ...narrowed, eventType: EVENT_TYPES.find((eventType) => eventType === type) ?? null })
        }
      />
    </>
  );
}
