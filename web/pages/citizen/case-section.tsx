import { RowTable } from '../../parts/row-table.js';
import { useWords } from '../../text/text.js';
import { ListedSection } from './listed-section.js';
import type { CaseRow, Cases, RestrictedCase } from './person-rows.js';
import { Reason } from './reason.js';
import { Cut, RowLink, SystemName } from './row-link.js';
import type { ListProps } from './listed-section.js';

/** The person's cases, and the areas of those the user may only know of. */
export function CaseSection({ citizenId, part, isAlone, open }: ListProps<Cases>) {
  const { t, word, date } = useWords();
  const restricted = part.section?.restricted ?? [];
  return (
    <ListedSection
      id="cases"
      title={t('cases')}
      tab="cases"
      citizenId={citizenId}
      part={part}
      isAlone={isAlone}
      under={restricted.length ? <RestrictedCases restricted={restricted} /> : null}
    >
      {(rows) => (
        <RowTable
          {...tableOf(part, isAlone)}
          rows={rows}
          label={t('cases')}
          head={<Head isAlone={isAlone} />}
          columns={isAlone ? 7 : 5}
        >
          {(row: CaseRow, place) => (
            <tr key={row.id} {...place} aria-current={row.id === open?.id ? 'true' : undefined}>
              <td>
                <RowLink
                  citizenId={citizenId}
                  record={{ kind: 'case', id: row.id }}
                  text={row.title ?? row.caseNumber ?? '–'}
                />
              </td>
              <td>
                <Cut>{row.primaryHandler ?? '–'}</Cut>
              </td>
              {isAlone ? (
                <td className="extra">
                  <Cut>{row.caseNumber ?? '–'}</Cut>
                </td>
              ) : null}
              <td className="extra">
                <Cut>{row.responsibleUnit?.name ?? '–'}</Cut>
              </td>
              <td>
                <Cut>{word('state', row.state)}</Cut>
              </td>
              {isAlone ? <td className="extra">{date(row.openedOn)}</td> : null}
              <td>
                <SystemName system={row.sourceSystem} />
              </td>
            </tr>
          )}
        </RowTable>
      )}
    </ListedSection>
  );
}

function Head({ isAlone }: { readonly isAlone: boolean }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="col" className="named">
        {t('case')}
      </th>
      <th scope="col">{t('handler')}</th>
      {isAlone ? (
        <th scope="col" className="extra">
          {t('caseNumber')}
        </th>
      ) : null}
      <th scope="col" className="extra">
        {t('unit')}
      </th>
      <th scope="col" className="short">
        {t('state')}
      </th>
      {isAlone ? (
        <th scope="col" className="day extra">
          {t('opened')}
        </th>
      ) : null}
      <th scope="col" className="system">
        {t('system')}
      </th>
    </tr>
  );
}

/** @returns how many rows a list's table tells of, and how it asks for more when it stands alone. */
export function tableOf(part: Cases | Pick<Cases, 'total' | 'more' | 'fetching'>, isAlone: boolean) {
  return { total: part.total, more: isAlone && !part.fetching ? part.more : undefined };
}

function RestrictedCases({ restricted }: { readonly restricted: readonly RestrictedCase[] }) {
  const { t } = useWords();
  return (
    <details className="restricted">
      <summary>
        {t('restrictedCases')} ({restricted.length})
      </summary>
      <ul>
        {restricted.map(({ area, areaTitle, contact, whyNot }, i) => (
          <li key={`${area ?? ''}${i}`}>
            {areaTitle ?? area}
            {contact ? (
              <span className="quiet">
                {' '}
                {t('contact')}: {contactOf(contact)}
              </span>
            ) : null}
            {whyNot ? <Reason reason={whyNot} label={t('whyNot')} /> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** @returns a unit and how it is reached; a contact that begins with the unit's name does not say it twice. */
export function contactOf({
  name,
  contact,
}: {
  readonly name: string | null;
  readonly contact: string | null;
}): string {
  if (!contact || contact === name) return name ?? '–';
  return name === null || contact.startsWith(name) ? contact : `${name}, ${contact}`;
}
