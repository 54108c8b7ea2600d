import { useEffect, useState } from 'react';
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
import type { TextName } from '../../text/da.js';
import { useWords } from '../../text/text.js';

type Hit = NonNullable<NonNullable<SearchCitizensQuery['searchCitizens']>['hits']>['edges'][number]['node'];

const PAGE = 20;

interface CitizenHitsProps {
  readonly criteria: CitizenSearchInput;
  /** Whether a single hit is opened at once. */
  readonly opensOnly: boolean;
}

/** The persons found, with why. */
export function CitizenHits({ criteria, opensOnly }: CitizenHitsProps) {
  const { t } = useWords();
  const [after, setAfter] = useState<string | null>(null);
  const [earlier, setEarlier] = useState<readonly Hit[]>([]);
  const [{ data, fetching, error }, retry] = useQuery({
    query: SearchCitizens,
    variables: { criteria, first: PAGE, after },
  });
  const [, go] = useLocation();
  const result = data?.searchCitizens;
  const { page, next } = pageOf(result);
  const hits = [...earlier, ...page];
  const only = hits.length === 1 && next === null ? hits[0] : undefined;
  useEffect(() => {
    if (only && opensOnly) go(`/citizens/${only.id}`);
  }, [only, opensOnly, go]);

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
      <HitTable hits={hits} />
      {next === null ? null : (
        <button type="button" className="button button-secondary" onClick={more} disabled={fetching}>
          {t('searchMore')}
        </button>
      )}
    </>
  );
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
  const told = count === 1 ? t('searchOne') : t('searchCount', { count: `${count}${isAll ? '' : '+'}` });
  return <p role="status">{told}</p>;
}

function HitTable({ hits }: { readonly hits: readonly Hit[] }) {
  const { t, date, word } = useWords();
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t('searchLabel')}>
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
                <Link href={`/citizens/${hit.id}`} onKeyDown={moveByArrows}>
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
