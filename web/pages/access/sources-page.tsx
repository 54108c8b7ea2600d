import { useQuery } from 'urql';
import { SourceOverviews, type SourceStateFragment } from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';

const PARTS = [
  'persons',
  'companies',
  'cases',
  'documents',
  'benefits',
  'alerts',
  'organisation',
  'classification',
] as const;

/** Every source system the authority has an agreement with: is it delivering? A part of Overblik that is away costs its column. */
export function SourcesPage() {
  const { t, word } = useWords();
  usePageTitle(t('sourcesPage'));
  const [{ data, fetching, error }, again] = useQuery({ query: SourceOverviews });
  const sources = data?.sources ?? [];
  return (
    <>
      <h1>{t('sourcesPage')}</h1>
      <p>{t('sourcesIntro')}</p>
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
      {fetching && !data ? <p role="status">{t('loading')}</p> : null}
      {sources.length === 0 ? null : (
        <div className="scrolls" tabIndex={0} role="group" aria-label={t('sourcesPage')}>
          <table className="table table--compact">
            <thead>
              <tr>
                <th scope="col">{t('system')}</th>
                {PARTS.map((part) => (
                  <th scope="col" key={part}>
                    {word('kind', part)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <tr key={source.id}>
                  <th scope="row">
                    {source.name ?? source.id}
                    {source.takesNotes ? <span className="quiet"> {t('takesNotes')}</span> : null}
                  </th>
                  {PARTS.map((part) => (
                    <td key={part}>{source[part] ? <SourceState state={source[part]} /> : '–'}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function SourceState({
  state: { state, asOf, lagSeconds, records, gaps },
}: {
  readonly state: SourceStateFragment;
}) {
  const { t, time } = useWords();
  return (
    <>
      <span className={state === 'CURRENT' ? undefined : 'badge badge-warning'}>
        {t(`source_${state}`, { date: asOf ? time(asOf) : t('never') })}
      </span>
      <br />
      <span className="quiet">
        {records === null ? '' : t('sourceRecords', { count: records })}
        {lagSeconds === null ? '' : `, ${t('sourceLag', { seconds: lagSeconds })}`}
        {gaps ? `, ${t('sourceGaps', { count: gaps })}` : ''}
      </span>
    </>
  );
}
