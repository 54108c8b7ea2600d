import type { ContentPartsFragment } from '../../generated/operations.js';
import { codeName } from '../../text/codes.js';
import { useWords, type Words } from '../../text/text.js';
import { BOUNDS, boundsOf, LEADER } from './grant-fields.js';
import { useGrantChoices, useUnitName } from './grant-choices.js';

type Grant = NonNullable<ContentPartsFragment['mapping']>['grants'][number];

interface RoleMatrixProps {
  readonly grants: readonly Grant[];
}

/** What a job-function role gives: a row for each system role, its bounds in columns. What is as for cases is said once. */
export function RoleMatrix({ grants }: RoleMatrixProps) {
  const { t, language } = useWords();
  const leader = grants.find(({ role }) => role === LEADER);
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t('matrix')}>
      <table className="table table--compact matrix">
        <thead>
          <tr>
            <th scope="col">{t('matrixMay')}</th>
            <th scope="col">{t('matrixKle')}</th>
            <th scope="col">{t('matrixSensitivity')}</th>
            <th scope="col">{t('units')}</th>
            <th scope="col">{t('systems')}</th>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant, place) => (
            <MatrixRow key={place} grant={grant} leader={grant === leader ? undefined : leader} />
          ))}
        </tbody>
      </table>
      {grants.some(({ void: nothing }) => nothing !== null) ? (
        <ul>
          {grants.flatMap(({ role, void: nothing }, place) =>
            nothing === null
              ? []
              : [
                  <li key={place}>
                    <strong>
                      {t('previewVoids')}: {codeName('roles', role, language)}
                    </strong>
                    . {language === 'da' ? nothing.textDa : nothing.textEn}
                  </li>,
                ],
          )}
        </ul>
      ) : null}
    </div>
  );
}

function MatrixRow({ grant, leader }: { readonly grant: Grant; readonly leader: Grant | undefined }) {
  const words = useWords();
  const { t, language } = words;
  const unitName = useUnitName();
  const bounds = boundsOf(grant.role, useGrantChoices());
  const texts = cellsOf(grant, words, unitName);
  const led = leader === undefined ? undefined : cellsOf(leader, words, unitName);
  return (
    <tr>
      <th scope="row" title={grant.role}>
        {codeName('roles', grant.role, language)}
      </th>
      {BOUNDS.map((bound, place) => {
        const text = texts[place] ?? '';
        if (text === '') return <td key={bound}>{bounds.includes(bound) ? t('boundNone') : '–'}</td>;
        return (
          <td key={bound}>{text === led?.[place] ? <span className="quiet">{t('asCases')}</span> : text}</td>
        );
      })}
    </tr>
  );
}

/** @returns what stands in a row: topics, sensitivity, units and systems; empty where nothing bounds. */
function cellsOf(
  { kle, sensitivity, units, systems, parametric }: Grant,
  { t, word }: Words,
  unitName: (id: string) => string,
): readonly string[] {
  const cell = (kind: Grant['parametric'][number], values: readonly string[]) =>
    parametric.includes(kind) ? t('parametric') : values.join(', ');
  return [
    cell('KLE', kle ?? []),
    cell('SENSITIVITY', sensitivity ? [word('sensitivity', sensitivity)] : []),
    cell('UNIT', (units ?? []).map(unitName)),
    cell('SYSTEM', systems ?? []),
  ];
}
