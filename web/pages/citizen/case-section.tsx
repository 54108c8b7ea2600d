import { Link } from 'wouter';
import { CitizenCases, type CitizenCasesQuery } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import { moveByArrows } from '../../parts/move-by-arrows.js';
import { usePages } from '../../parts/pages-of.js';
import { RowTable } from '../../parts/row-table.js';
import { ListedSection } from './listed-section.js';
import { Reason } from './reason.js';

type Section = NonNullable<NonNullable<CitizenCasesQuery['citizen']>['cases']>;
type Row = NonNullable<Section['cases']>['edges'][number]['node'];
type Restricted = NonNullable<Section['restricted']>[number];

const PAGE = 50;

/** The person's cases, and the areas of those the user may only know of. */
export function CaseSection({ id, openedCase }: { readonly id: string; readonly openedCase: string | null }) {
  const { t } = useWords();
  const pages = usePages<Row>();
  const [look, again] = useLookUp(CitizenCases, { id, first: PAGE, after: pages.after });
  const section = look.data?.citizen?.cases;
  const total = section?.cases?.totalCount;
  const { rows, more } = pages.rows(section?.cases);
  return (
    <ListedSection
      id="cases"
      title={t('cases')}
      look={look}
      section={section}
      total={total}
      shown={rows.length}
      more={more}
      onRetry={() => again({ requestPolicy: 'network-only' })}
      under={section?.restricted?.length ? <RestrictedCases restricted={section.restricted} /> : null}
    >
      <CaseTable
        rows={rows}
        total={total}
        more={look.fetching ? undefined : more}
        citizenId={id}
        opened={openedCase}
      />
    </ListedSection>
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
