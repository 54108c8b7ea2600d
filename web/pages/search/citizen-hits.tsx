import { useEffect, useRef, useState, type RefObject } from 'react';
import { Link, useLocation } from 'wouter';
import { useQuery } from 'urql';
import {
  SearchCitizens,
  type CitizenSearchInput,
  type SearchCitizensQuery,
  type SearchOutcome,
} from '../../generated/operations.js';
import { moveByArrows } from '../../parts/move-by-arrows.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import type { TextName } from '../../text/texts.js';
import { useWords } from '../../text/text.js';
import { useSearchMemory } from './search-memory.js';

type Hit = NonNullable<NonNullable<SearchCitizensQuery['searchCitizens']>['hits']>['edges'][number]['node'];

const PAGE = 20;
/** Hits that are brought back at once; the graph gives no more in one page. */
const MOST = 50;

interface CitizenHitsProps {
  readonly criteria: CitizenSearchInput;
  /** Tells the search from others: a single hit of it is opened once. */
  readonly number: number;
}

/** The persons found, with why. */
export function CitizenHits({ criteria, number }: CitizenHitsProps) {
  const { t } = useWords();
  const { hits: left } = useSearchMemory();
  const [first] = useState(() => Math.min(MOST, Math.max(PAGE, left.ids.length)));
  const [after, setAfter] = useState<string | null>(null);
  const [earlier, setEarlier] = useState<readonly Hit[]>([]);
  const [{ data, fetching, error }, retry] = useQuery({
    query: SearchCitizens,
    variables: { criteria, first, after },
  });
  const [, go] = useLocation();
  const result = data?.searchCitizens;
  const { page, next } = pageOf(result);
  const hits = [...earlier, ...page];
  const only = hits.length === 1 && next === null ? hits[0] : undefined;
  useEffect(() => {
    if (!only || left.wentOn === number) return;
    left.goOn(number);
    go(`/citizens/${only.id}`);
  }, [only, left, number, go]);
  const list = useWhereLeft(hits);

  if (error) return <ProblemMessage error={error} onRetry={() => retry({ requestPolicy: 'network-only' })} />;
  if (fetching && hits.length === 0) return <p role="status">{t('loading')}</p>;
  const nothing = nothingFor(result?.outcome, hits.length, criteria.nationwide ?? false);
  if (nothing) return <p role="status">{t(nothing)}</p>;
  const more = () => {
    setEarlier(hits);
    setAfter(next);
  };
  return (
    <>
      <HitCount count={hits.length} isAll={next === null} />
      <HitTable hits={hits} list={list} />
      {next === null ? null : (
        <button type="button" className="button button-secondary" onClick={more} disabled={fetching}>
          {t('searchMore')}
        </button>
      )}
    </>
  );
}

/**
 * Remembers the hits for the way back and from person to person. Whoever comes back finds the focus on the hit that was opened,
 * and the page where it was.
 * @returns what marks the list
 */
function useWhereLeft(hits: readonly Hit[]): RefObject<HTMLDivElement | null> {
  const { hits: left } = useSearchMemory();
  const list = useRef<HTMLDivElement>(null);
  const isBack = useRef(left.opened !== null);
  useEffect(() => {
    if (hits.length === 0) return;
    left.show(hits.map(({ id }) => id));
    if (!isBack.current) return;
    isBack.current = false;
    list.current?.querySelector<HTMLElement>(`[data-hit="${left.opened}"]`)?.focus({ preventScroll: true });
    scrollTo(0, left.scrollY);
  });
  return list;
}

/** @returns why no persons are shown; undefined when there are some. */
function nothingFor(
  outcome: SearchOutcome | undefined,
  count: number,
  nationwide: boolean,
): TextName | undefined {
  if (outcome === 'NARROW_SEARCH') return 'searchNarrow';
  if (outcome === 'NOT_PERMITTED') return 'searchNotPermitted';
  if (count > 0) return undefined;
  return nationwide ? 'searchNoneNationwide' : 'searchNone';
}

/** @returns the hits of an answer, and where the next page begins. */
function pageOf(result: SearchCitizensQuery['searchCitizens'] | undefined): {
  readonly page: readonly Hit[];
  readonly next: string | null;
} {
  const { edges = [], pageInfo } = result?.hits ?? {};
  return { page: edges.map(({ node }) => node), next: pageInfo?.hasNextPage ? pageInfo.endCursor : null };
}

function HitCount({ count, isAll }: { readonly count: number; readonly isAll: boolean }) {
  const { t } = useWords();
  const text = count === 1 ? t('searchOne') : t('searchCount', { count: `${count}${isAll ? '' : '+'}` });
  return <p role="status">{text}</p>;
}

interface HitTableProps {
  readonly hits: readonly Hit[];
  readonly list: RefObject<HTMLDivElement | null>;
}

function HitTable({ hits, list }: HitTableProps) {
  const { t, date, word } = useWords();
  const { hits: left } = useSearchMemory();
  return (
    <div ref={list} className="scrolls" tabIndex={0} role="group" aria-label={t('searchLabel')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('hitName')}</th>
            <th scope="col">{t('hitBorn')}</th>
            <th scope="col">{t('hitCpr')}</th>
            <th scope="col">{t('hitAddress')}</th>
            <th scope="col">{t('hitWhy')}</th>
          </tr>
        </thead>
        <tbody data-arrows>
          {hits.map((hit) => (
            <tr key={hit.id}>
              <td>
                <Link
                  href={`/citizens/${hit.id}`}
                  data-hit={hit.id}
                  onKeyDown={moveByArrows}
                  onClick={() => left.open(hit.id, scrollY)}
                >
                  {hit.name ?? '–'}
                </Link>
                {hit.ownMunicipality ? (
                  <span className="badge badge-small">{t('ownMunicipality')}</span>
                ) : null}
              </td>
              <td>{date(hit.birthDate)}</td>
              <td>{hit.maskedCprNumber ?? '–'}</td>
              <td>
                {hit.addressLine ?? '–'}
                {hit.formerAddressLine === null ? null : (
                  <span className="quiet"> {t('formerlyAt', { address: hit.formerAddressLine })}</span>
                )}
              </td>
              <td>{hit.matchedBy?.map((by) => word('match', by)).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
