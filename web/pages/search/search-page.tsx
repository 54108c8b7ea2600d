import { useHistoryState } from 'wouter/use-browser-location';
import { usePageTitle } from '../../parts/page-title.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { CaseHits } from './case-hits.js';
import { CitizenHits } from './citizen-hits.js';
import { OwnPersonLists } from './own-persons.js';
import { useSearchMemory, type Asked, type SearchedState } from './search-memory.js';

/** What the search in the header found, or the user's own persons. Who comes back finds the hits, asked for anew. */
export function SearchPage() {
  const { t } = useWords();
  usePageTitle(t('search'));
  const { asked } = useSearchMemory();
  const state = useHistoryState<SearchedState | null>();
  const mayNationwide = useHasRole('citizen-search-national');
  return (
    <div className="wide" data-hits>
      <h1>{t('search')}</h1>
      {mayNationwide ? <NationwideChoice /> : null}
      {asked && state?.searched ? <Results key={asked.number} asked={asked} /> : <OwnPersonLists />}
    </div>
  );
}

/** Where to search; what has been searched for is searched for there at once. */
function NationwideChoice() {
  const { t } = useWords();
  const { asked, nationwide, chooseNationwide, search } = useSearchMemory();
  const choose = (chosen: boolean) => {
    chooseNationwide(chosen);
    if (asked) search(asked.text, chosen);
  };
  return (
    <div className="check">
      <input
        type="checkbox"
        id="nationwide"
        checked={nationwide}
        onChange={(event) => choose(event.target.checked)}
      />
      <label htmlFor="nationwide">{t('searchNationwide')}</label>
    </div>
  );
}

function Results({ asked }: { readonly asked: Asked }) {
  const { t } = useWords();
  const { understood, nationwide, number } = asked;
  const what = t(`understood${understood.as}`);
  return (
    <section aria-labelledby="understood">
      <p id="understood" role="status">
        {t(nationwide && understood.as !== 'Case' ? 'understoodNationwide' : 'understoodAs', { what })}
      </p>
      {understood.as === 'Case' ? (
        <CaseHits caseNumber={understood.caseNumber} />
      ) : (
        <CitizenHits criteria={{ ...understood.criteria, nationwide }} number={number} />
      )}
    </section>
  );
}
