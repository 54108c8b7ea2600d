import { useEffect, useRef, useState, type RefObject, type SubmitEvent } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { usePageTitle } from '../../parts/page-title.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { CaseHits } from './case-hits.js';
import { CitizenHits } from './citizen-hits.js';
import { OwnPersonLists } from './own-persons.js';
import { useSearchMemory, type Searched } from './search-memory.js';
import { understand, type NotUnderstood, type Understood } from './understand.js';

/** A search that has been asked for; the number tells one from the same one asked again. */
interface Asked {
  readonly understood: Understood;
  readonly nationwide: boolean;
  readonly number: number;
  /** Whether the user came back to it: then a single hit is shown, not opened. */
  readonly again: boolean;
}

/** What the browser's history keeps of a search: that there was one, and nothing of it. */
interface SearchedState {
  readonly searched: true;
}

/** One field for persons and cases. The field has the focus from the start; who comes back finds the hits, asked for anew. */
export function SearchPage() {
  const { t } = useWords();
  usePageTitle(t('search'));
  const memory = useSearchMemory();
  const mayNationwide = useHasRole('citizen-search-national');
  const state = useHistoryState<SearchedState | null>();
  const [, go] = useLocation();
  const [text, setText] = useState(memory.text);
  const [nationwide, setNationwide] = useState(memory.nationwide);
  const [asked, setAsked] = useState(() => (state?.searched ? searchedBefore(memory) : undefined));
  const [wrong, setWrong] = useState<NotUnderstood>();
  const field = useRef<HTMLInputElement>(null);
  const number = useRef(0);
  useEffect(() => field.current?.focus(), []);

  const search = (event: SubmitEvent) => {
    event.preventDefault();
    const understood = understand(text);
    if (typeof understood === 'string') {
      setWrong(understood);
      // What was found before is not the answer to what stands in the field now.
      setAsked(undefined);
      return field.current?.focus();
    }
    setWrong(undefined);
    const wide = nationwide && mayNationwide;
    memory.remember({ text, nationwide: wide });
    go('/', { replace: true, state: { searched: true } satisfies SearchedState });
    number.current++;
    setAsked({ understood, nationwide: wide, number: number.current, again: false });
  };
  return (
    <div className="wide">
      <h1>{t('search')}</h1>
      <form role="search" onSubmit={search} className="search-form" noValidate>
        <SearchField field={field} text={text} wrong={wrong} onChange={setText} />
        {mayNationwide ? (
          <div className="check">
            <input
              type="checkbox"
              id="nationwide"
              checked={nationwide}
              onChange={(event) => setNationwide(event.target.checked)}
            />
            <label htmlFor="nationwide">{t('searchNationwide')}</label>
          </div>
        ) : null}
      </form>
      {asked ? <Results key={asked.number} asked={asked} /> : <OwnPersonLists />}
    </div>
  );
}

interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly wrong: NotUnderstood | undefined;
  readonly onChange: (text: string) => void;
}

/** The field with its hint, what is wrong with what was written, and the button beside it. */
function SearchField({ field, text, wrong, onChange }: SearchFieldProps) {
  const { t } = useWords();
  return (
    <>
      <label className="form-label" htmlFor="search">
        {t('searchLabel')}
      </label>
      <span className="form-hint" id="search-hint">
        {t('searchHint')}
      </span>
      {wrong === undefined ? null : (
        <span className="form-error-message" id="search-wrong" role="alert">
          {t(wrong)}
        </span>
      )}
      <div className="search-row">
        <input
          id="search"
          className="form-input"
          ref={field}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          aria-describedby={wrong === undefined ? 'search-hint' : 'search-hint search-wrong'}
          aria-invalid={wrong !== undefined}
          autoComplete="off"
          spellCheck={false}
        />
        <button type="submit" className="button button-primary">
          {t('search')}
        </button>
      </div>
    </>
  );
}

/** @returns the search that the user has left for a person and comes back to. */
function searchedBefore({ text, nationwide }: Searched): Asked | undefined {
  const understood = understand(text);
  return typeof understood === 'string' ? undefined : { understood, nationwide, number: 0, again: true };
}

function Results({ asked: { understood, nationwide, again } }: { readonly asked: Asked }) {
  const { t } = useWords();
  const what = t(`understood${understood.as}`);
  return (
    <section aria-labelledby="understood">
      <p id="understood" role="status">
        {t(nationwide && understood.as !== 'Case' ? 'understoodNationwide' : 'understoodAs', { what })}
      </p>
      {understood.as === 'Case' ? (
        <CaseHits caseNumber={understood.caseNumber} />
      ) : (
        <CitizenHits criteria={{ ...understood.criteria, nationwide }} opensOnly={!again} />
      )}
    </section>
  );
}
