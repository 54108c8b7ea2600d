import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  ForgetSearch,
  SavedSearches,
  SaveSearch,
  type SavedSearchesQuery,
} from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { EVERYTHING, STATES_OF, type Narrowed } from './inbox-memory.js';

type Saved = NonNullable<SavedSearchesQuery['savedSearches']>[number];

interface SavedSearchBarProps {
  readonly narrowed: Narrowed;
  readonly onNarrow: (narrowed: Narrowed) => void;
}

/** Searches under a name: the user's own, and those the authority shares. */
export function SavedSearchBar({ narrowed, onNarrow }: SavedSearchBarProps) {
  const { t } = useWords();
  const [{ data, error }, ask] = useQuery({ query: SavedSearches });
  const again = () => ask({ requestPolicy: 'network-only' });
  const [, forget] = useMutation(ForgetSearch);
  const searches = data?.savedSearches ?? [];
  return (
    <section className="saved-searches" aria-labelledby="saved-searches">
      <h2 id="saved-searches">{t('savedSearches')}</h2>
      {error ? <ProblemMessage error={error} onRetry={again} /> : null}
      {data && searches.length === 0 ? <p className="quiet">{t('savedSearchNone')}</p> : null}
      <ul className="nobullet-list inline-list">
        {searches.map((search) => (
          <li key={search.id}>
            <button
              type="button"
              className="button button-secondary"
              onClick={() => onNarrow(narrowedBy(search))}
            >
              {search.name ?? '–'}
              {search.shared ? <span className="quiet"> {t('savedSearchShared')}</span> : null}
            </button>
            {search.own ? (
              <button
                type="button"
                className="plain"
                onClick={() => void forget({ id: search.id }).then(again)}
              >
                {t('savedSearchForget', { name: search.name ?? '–' })}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <SaveForm narrowed={narrowed} onSaved={again} />
    </section>
  );
}

function narrowedBy({ states, eventTypes, groupId, kle }: Saved): Narrowed {
  return {
    ...EVERYTHING,
    shown: states?.length === 1 && states[0] === 'COMPLETED' ? 'done' : 'open',
    eventType: eventTypes?.[0] ?? null,
    groupId,
    kle: kle ?? '',
  };
}

function SaveForm({ narrowed, onSaved }: { readonly narrowed: Narrowed; readonly onSaved: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const mayShare = useHasRole('alert-administer');
  const [{ fetching, error }, save] = useMutation(SaveSearch);
  const act = async (event: SubmitEvent) => {
    event.preventDefault();
    const { shown, eventType, groupId, kle } = narrowed;
    const { data } = await save({
      input: {
        name: name.trim(),
        shared,
        states: STATES_OF[shown],
        eventTypes: eventType === null ? [] : [eventType],
        groupId,
        kle: kle === '' ? null : kle,
      },
    });
    if (!data?.saveSearch) return;
    setName('');
    onSaved();
  };
  return (
    <details>
      <summary>{t('savedSearchSave')}</summary>
      <form className="filters" onSubmit={(event: SubmitEvent) => void act(event)}>
        <div>
          <label className="form-label" htmlFor="search-name">
            {t('savedSearchName')}
          </label>
          <input
            id="search-name"
            className="form-input"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        {mayShare ? (
          <div className="check">
            <input
              type="checkbox"
              id="search-shared"
              checked={shared}
              onChange={(event) => setShared(event.target.checked)}
            />
            <label htmlFor="search-shared">{t('savedSearchShare')}</label>
          </div>
        ) : null}
        <button type="submit" className="button button-secondary" disabled={fetching}>
          {t('savedSearchKeep')}
        </button>
      </form>
      {error ? <ProblemMessage error={error} /> : null}
    </details>
  );
}
