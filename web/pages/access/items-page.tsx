import { Link } from 'wouter';
import { useQuery } from 'urql';
import {
  GovernedItems,
  type GovernedItemsQuery,
  type GovernedKind,
  type NamedFragment,
} from '../../generated/operations.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePageTitle } from '../../parts/page-title.js';
import { usePages } from '../../parts/pages-of.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useHasRole } from '../../session/caller.js';
import { useWords, type Words } from '../../text/text.js';
import { itemPath } from './item-paths.js';

type Row = NonNullable<GovernedItemsQuery['governedItems']>['edges'][number]['node'];

const PAGE = 50;

/** Everything of a kind that is in force, and what is under way. */
export function ItemsPage({ kind }: { readonly kind: GovernedKind }) {
  const { t } = useWords();
  usePageTitle(t(`items_${kind}`));
  const pages = usePages<Row>();
  const administers = useHasRole('access-administer');
  const [{ data, fetching, error }, again] = useQuery({
    query: GovernedItems,
    variables: { kind, first: PAGE, after: pages.after },
  });
  const items = data?.governedItems;
  const { rows, more } = pages.rows(items && { ...items, totalCount: null });
  return (
    <>
      <h1>{t(`items_${kind}`)}</h1>
      <p>{t(`intro_${kind}`)}</p>
      {administers && kind !== 'JUMP' ? (
        <p>
          <Link href={itemPath(kind)} className="button button-secondary">
            {t(`new_${kind}`)}
          </Link>
        </p>
      ) : null}
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
      {fetching && rows.length === 0 ? <p role="status">{t('loading')}</p> : null}
      {!fetching && !error && rows.length === 0 ? <p>{t('none')}</p> : null}
      {rows.length === 0 ? null : <ItemTable kind={kind} rows={rows} />}
      <MoreRows shown={rows.length} total={null} more={more} fetching={fetching} />
    </>
  );
}

function ItemTable({ kind, rows }: { readonly kind: GovernedKind; readonly rows: readonly Row[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t(`items_${kind}`)}>
      <table className="table table--compact">
        <thead>
          <tr>
            <th scope="col">{t('mappingName')}</th>
            <th scope="col">{t('inForce')}</th>
            <th scope="col">{t('mappingUnderWay')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, current, draft, proposal }) => (
            <tr key={key}>
              <td>
                <Link href={itemPath(kind, key)}>
                  {nameOf(current?.content ?? proposal?.content ?? draft?.content) ?? key}
                </Link>
              </td>
              <td>{current ? summaryOf(current.content, words) : t('notInForce')}</td>
              <td>
                {draft ? t('mappingDraft') : null} {proposal ? t('mappingProposed') : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nameOf(content: NamedFragment | undefined): string | null {
  return content?.mapping?.name ?? content?.agreement?.name ?? content?.jump?.source ?? null;
}

function summaryOf({ mapping, agreement, jump }: NamedFragment, { t, word }: Words): string {
  if (mapping) return mapping.grants.map(({ role }) => role).join(', ');
  if (agreement)
    return agreement.ended
      ? t('agreementEnded')
      : agreement.kinds.map((kind) => word('kind', kind)).join(', ');
  return jump?.template ? jump.template : t('jumpNone');
}
