import { Link } from 'wouter';
import { useQuery } from 'urql';
import { Mappings, type MappingsQuery } from '../../generated/operations.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePageTitle } from '../../parts/page-title.js';
import { usePages } from '../../parts/pages-of.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';

type Row = NonNullable<MappingsQuery['governedItems']>['edges'][number]['node'];

const PAGE = 50;

/** @returns where a mapping is looked at; the URI of a job-function role says nothing of a person. */
export const mappingPath = (uri: string): string =>
  `/access/mapping?${new URLSearchParams({ uri }).toString()}`;

/** What the authority's job-function roles give, and what is under way. */
export function MappingsPage() {
  const { t } = useWords();
  usePageTitle(t('mappings'));
  const pages = usePages<Row>();
  const [{ data, fetching, error }, again] = useQuery({
    query: Mappings,
    variables: { first: PAGE, after: pages.after },
  });
  const items = data?.governedItems;
  const { rows, more } = pages.rows(items && { ...items, totalCount: null });
  return (
    <div className="wide">
      <h1>{t('mappings')}</h1>
      <p>{t('mappingsIntro')}</p>
      <p>
        <Link href="/access/mapping" className="button button-secondary">
          {t('newMapping')}
        </Link>
      </p>
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
      {fetching && rows.length === 0 ? <p role="status">{t('loading')}</p> : null}
      {!fetching && !error && rows.length === 0 ? <p>{t('mappingNone')}</p> : null}
      {rows.length === 0 ? null : <MappingTable rows={rows} />}
      <MoreRows shown={rows.length} total={null} more={more} fetching={fetching} />
    </div>
  );
}

function MappingTable({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useWords();
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t('mappings')}>
      <table className="table table--compact">
        <thead>
          <tr>
            <th scope="col">{t('mappingName')}</th>
            <th scope="col">{t('description')}</th>
            <th scope="col">{t('mappingRoles')}</th>
            <th scope="col">{t('mappingUnderWay')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, current, draft, proposal }) => {
            const mapping = current?.content.mapping;
            return (
              <tr key={key}>
                <td>
                  <Link href={mappingPath(key)}>
                    {mapping?.name ?? proposal?.content.mapping?.name ?? key}
                  </Link>
                </td>
                <td>{mapping?.description}</td>
                <td>{mapping?.grants.map(({ role }) => role).join(', ') ?? t('notInForce')}</td>
                <td>
                  {draft ? t('mappingDraft') : null} {proposal ? t('mappingProposed') : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
