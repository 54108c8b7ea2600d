import { useEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { SEARCH_ROLES } from '../../../gateway/page/addresses.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { useSearchMemory } from './search-memory.js';

/** The one search field, in the header of every page, for whoever may search: for persons and cases, however they are written. */
export function HeaderSearch() {
  return useHasRole(...SEARCH_ROLES) ? <SearchForm /> : null;
}

function SearchForm() {
  const { t } = useWords();
  const { wrong, nationwide, search } = useSearchMemory();
  const mayNationwide = useHasRole('citizen-search-national');
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (location.pathname === '/') field.current?.focus();
  }, []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    search(text, nationwide && mayNationwide);
  };
  return (
    <form role="search" onSubmit={submit} className="header-search" noValidate>
      <label className="visually-hidden" htmlFor="search">
        {t('searchLabel')}: {t('searchHint')}
      </label>
      <input
        id="search"
        className="form-input"
        ref={field}
        value={text}
        placeholder={t('searchPlaceholder')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={toFirstHit}
        aria-describedby={wrong === undefined ? undefined : 'search-wrong'}
        aria-invalid={wrong !== undefined}
        autoComplete="off"
        spellCheck={false}
      />
      <button type="submit" className="button button-primary">
        {t('search')}
      </button>
      {wrong === undefined ? null : (
        <span className="form-error-message" id="search-wrong" role="alert">
          {t(wrong)}
        </span>
      )}
    </form>
  );
}

/** The arrow down goes from the field into the hits under it. */
function toFirstHit(event: KeyboardEvent): void {
  const first = document.querySelector<HTMLElement>('[data-hits] [data-arrows] a');
  if (event.key !== 'ArrowDown' || !first) return;
  event.preventDefault();
  first.focus();
}
