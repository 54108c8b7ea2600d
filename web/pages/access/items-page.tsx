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
import { codeName } from '../../text/codes.js';
import { useWords, type Words } from '../../text/text.js';
import { itemPath } from './item-paths.js';
import { nameOfContent } from './named-content.js';

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
  const { t } = useWords();
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
          {rows.map((row) => (
            <ItemRow key={row.key} kind={kind} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ItemRow({ kind, row }: { readonly kind: GovernedKind; readonly row: Row }) {
  const words = useWords();
  const { key, current, draft, proposal } = row;
  const name = nameOfContent(current?.content ?? proposal?.content ?? draft?.content);
  return (
    <tr>
      <td>
        <Link href={itemPath(kind, key)}>{name ?? <code>{key}</code>}</Link>
      </td>
      <td>{current ? <Summary content={current.content} /> : words.t('notInForce')}</td>
      <td>
        {draft ? words.t('mappingDraft') : null} {proposal ? words.t('mappingProposed') : null}
      </td>
    </tr>
  );
}

function Summary({ content }: { readonly content: NamedFragment }) {
  const words = useWords();
  const template = content.jump?.template;
  return template ? <code>{template}</code> : summaryOf(content, words);
}

function summaryOf({ mapping, agreement }: NamedFragment, { t, word, language }: Words): string {
  if (mapping) return mapping.grants.map(({ role }) => codeName('roles', role, language)).join(', ');
  if (agreement)
    return agreement.ended
      ? t('agreementEnded')
      : agreement.kinds.map((kind) => word('kind', kind)).join(', ');
  return t('jumpNone');
}
