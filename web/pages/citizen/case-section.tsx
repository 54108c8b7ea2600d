import { Link } from 'wouter';
import { CitizenCases, type CitizenCasesQuery } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import { MoreRows } from '../../parts/more-rows.js';
import { moveByArrows } from '../../parts/move-by-arrows.js';
import { usePages } from '../../parts/pages-of.js';
import { RowTable } from '../../parts/row-table.js';
import { Reason } from './reason.js';
import { Nothing, SectionCard } from './section-card.js';

type Section = NonNullable<NonNullable<CitizenCasesQuery['citizen']>['cases']>;
type Row = NonNullable<Section['cases']>['edges'][number]['node'];
type Restricted = NonNullable<Section['restricted']>[number];

const PAGE = 50;

/** The person's cases, and the areas of those the user may only know of. */
export function CaseSection({ id, openedCase }: { readonly id: string; readonly openedCase: string | null }) {
  const { t } = useWords();
  const pages = usePages<Row>();
  const [{ data, fetching, error }, again] = useLookUp(CitizenCases, { id, first: PAGE, after: pages.after });
  const section = data?.citizen?.cases;
  const { rows, more } = pages.rows(section?.cases);
  return (
    <SectionCard
      id="cases"
      title={t('cases')}
      fetching={fetching}
      error={error}
      section={section}
      count={section?.cases?.totalCount}
      onRetry={() => again({ requestPolicy: 'network-only' })}
    >
      {rows.length === 0 ? (
        <Nothing outcome={section?.outcome} />
      ) : (
        <CaseTable
          rows={rows}
          total={section?.cases?.totalCount}
          more={fetching ? undefined : more}
          citizenId={id}
          opened={openedCase}
        />
      )}
      <MoreRows shown={rows.length} total={section?.cases?.totalCount} more={more} fetching={fetching} />
      {section?.restricted?.length ? <RestrictedCases restricted={section.restricted} /> : null}
    </SectionCard>
  );
}

interface CaseTableProps {
  readonly rows: readonly Row[];
  readonly total: number | null | undefined;
  readonly more: (() => void) | undefined;
  readonly citizenId: string;
  readonly opened: string | null;
}

function CaseTable({ rows, total, more, citizenId, opened }: CaseTableProps) {
  const { t, word, date } = useWords();
  const head = (
    <tr>
      <th scope="col">{t('title')}</th>
      <th scope="col">{t('caseNumber')}</th>
      <th scope="col">{t('topic')}</th>
      <th scope="col">{t('state')}</th>
      <th scope="col">{t('opened')}</th>
      <th scope="col">{t('system')}</th>
    </tr>
  );
  return (
    <RowTable label={t('cases')} rows={rows} total={total} head={head} columns={6} more={more}>
      {(row, place) => (
        <tr key={row.id} {...place} aria-current={row.id === opened ? 'true' : undefined}>
          <td>
            <Link href={`/citizens/${citizenId}?case=${row.id}`} onKeyDown={moveByArrows}>
              {row.title ?? '–'}
            </Link>
          </td>
          <td>{row.caseNumber ?? '–'}</td>
          <td>{row.kle ? `${row.kle.number} ${row.kle.title ?? ''}` : '–'}</td>
          <td>
            {word('state', row.state)}
            {row.subStatus ? <span className="quiet"> {row.subStatus}</span> : null}
          </td>
          <td>{date(row.openedOn)}</td>
          <td>{row.sourceSystem?.name ?? '–'}</td>
        </tr>
      )}
    </RowTable>
  );
}

function RestrictedCases({ restricted }: { readonly restricted: readonly Restricted[] }) {
  const { t } = useWords();
  return (
    <div className="restricted">
      <h3>{t('restrictedCases')}</h3>
      <ul>
        {restricted.map(({ area, areaTitle, contact, whyNot }, i) => (
          <li key={`${area ?? ''}${i}`}>
            {area} {areaTitle}
            {contact ? (
              <span className="quiet">
                {' '}
                {t('contact')}: {contact.name} {contact.contact}
              </span>
            ) : null}
            {whyNot ? <Reason reason={whyNot} label={t('whyNot')} /> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
