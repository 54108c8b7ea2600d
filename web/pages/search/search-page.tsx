import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { usePageTitle } from '../../parts/page-title.js';
import { useWords } from '../../text/text.js';
import { CaseHits } from './case-hits.js';
import { CitizenHits } from './citizen-hits.js';
import { OwnPersonLists } from './own-persons.js';
import { useSearchMemory } from './search-memory.js';
import { understand, type Understood } from './understand.js';

/** A search that has been asked for; the number tells one from the same one asked again. */
interface Asked {
  readonly understood: Understood;
  readonly nationwide: boolean;
  readonly number: number;
}

/** One field for persons and cases. The field has the focus from the start. */
export function SearchPage() {
  const { t } = useWords();
  usePageTitle(t('search'));
  const memory = useSearchMemory();
  const [text, setText] = useState(memory.text);
  const [nationwide, setNationwide] = useState(memory.nationwide);
  const [asked, setAsked] = useState<Asked>();
  const [wrong, setWrong] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const search = (event: SubmitEvent) => {
    event.preventDefault();
    const understood = understand(text);
    setWrong(understood ? undefined : text.trim() === '' ? t('searchEmpty') : t('searchTooLong'));
    if (!understood) return field.current?.focus();
    memory.remember({ text, nationwide });
    setAsked((before) => ({ understood, nationwide, number: (before?.number ?? 0) + 1 }));
  };
  return (
    <div className="wide">
      <h1>{t('search')}</h1>
      <form role="search" onSubmit={search} className="search-form" noValidate>
        <label className="form-label" htmlFor="search">
          {t('searchLabel')}
        </label>
        <span className="form-hint" id="search-hint">
          {t('searchHint')}
        </span>
        {wrong === undefined ? null : (
          <span className="form-error-message" id="search-wrong" role="alert">
            {wrong}
          </span>
        )}
        <div className="search-row">
          <input
            id="search"
            className="form-input"
            ref={field}
            value={text}
            onChange={(event) => setText(event.target.value)}
            aria-describedby={wrong === undefined ? 'search-hint' : 'search-hint search-wrong'}
            aria-invalid={wrong !== undefined}
            autoComplete="off"
            spellCheck={false}
          />
          <button type="submit" className="button button-primary">
            {t('search')}
          </button>
        </div>
        <div className="check">
          <input
            type="checkbox"
            id="nationwide"
            checked={nationwide}
            onChange={(event) => setNationwide(event.target.checked)}
          />
          <label htmlFor="nationwide">{t('searchNationwide')}</label>
        </div>
      </form>
      {asked ? <Results key={asked.number} asked={asked} /> : <OwnPersonLists />}
    </div>
  );
}

function Results({ asked: { understood, nationwide } }: { readonly asked: Asked }) {
  const { t } = useWords();
  const what = t(`understood${understood.as}`);
  return (
    <section aria-labelledby="understood">
      <p id="understood" role="status">
        {t('understoodAs', { what })}
      </p>
      {understood.as === 'Case' ? (
        <CaseHits caseNumber={understood.caseNumber} />
      ) : (
        <CitizenHits criteria={{ ...understood.criteria, nationwide }} />
      )}
    </section>
  );
}
