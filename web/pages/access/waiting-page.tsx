import { Link } from 'wouter';
import { useQuery } from 'urql';
import { AwaitingApproval, type AwaitingApprovalQuery } from '../../generated/operations.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePageTitle } from '../../parts/page-title.js';
import { usePages } from '../../parts/pages-of.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { itemPath } from './item-paths.js';
import { nameOfContent } from './named-content.js';

type Row = NonNullable<AwaitingApprovalQuery['awaitingApproval']>['edges'][number]['node'];

const PAGE = 50;

/** The approver's work: what others have proposed and nobody has decided on. */
export function WaitingPage() {
  const { t } = useWords();
  usePageTitle(t('waiting'));
  const pages = usePages<Row>();
  const [{ data, fetching, error }, again] = useQuery({
    query: AwaitingApproval,
    variables: { first: PAGE, after: pages.after },
  });
  const waiting = data?.awaitingApproval;
  const { rows, more } = pages.rows(waiting && { ...waiting, totalCount: null });
  return (
    <>
      <h1>{t('waiting')}</h1>
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
      {fetching && rows.length === 0 ? (
        <p role="status" aria-busy="true">
          {t('loading')}
        </p>
      ) : null}
      {!fetching && !error && rows.length === 0 ? <p>{t('waitingNone')}</p> : null}
      {rows.length === 0 ? null : <WaitingTable rows={rows} />}
      <MoreRows shown={rows.length} total={null} more={more} fetching={fetching} />
    </>
  );
}

function WaitingTable({ rows }: { readonly rows: readonly Row[] }) {
  const { t, time } = useWords();
  const nameOf = useUserNames(rows.map(({ proposal }) => proposal?.proposedBy));
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t('waiting')}>
      <table className="table table--compact">
        <thead>
          <tr>
            <th scope="col">{t('waitingWhat')}</th>
            <th scope="col">{t('waitingKind')}</th>
            <th scope="col">{t('waitingBy')}</th>
            <th scope="col">{t('waitingAt')}</th>
            <th scope="col">{t('versionWhy')}</th>
          </tr>
        </thead>
        <tbody data-arrows>
          {rows.map(({ kind, key, proposal }) => (
            <tr key={`${kind} ${key}`}>
              <td>
                <Link href={itemPath(kind, key)}>{nameOfContent(proposal?.content) ?? t(`one_${kind}`)}</Link>
              </td>
              <td>{t(`one_${kind}`)}</td>
              <td>{nameOf(proposal?.proposedBy)}</td>
              <td className="day">{time(proposal?.at)}</td>
              <td>{proposal?.why ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
