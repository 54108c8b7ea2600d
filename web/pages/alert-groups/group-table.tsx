import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
import { usePeriod } from '../../parts/period.js';
import { useWords } from '../../text/text.js';
import type { Group } from './group.js';

interface GroupTableProps {
  readonly groups: readonly Group[];
  readonly onEdit: (group: Group) => void;
  readonly onEnd: (id: string) => void;
}

/** Groups with what can be done to each. */
export function GroupTable({ groups, onEdit, onEnd }: GroupTableProps) {
  const { t, word } = useWords();
  const period = usePeriod();
  const today = danishDay(new Date());
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t('alertGroups')}>
      <table className="table table--compact">
        <thead>
          <tr>
            <th scope="col">{t('mappingName')}</th>
            <th scope="col">{t('event')}</th>
            <th scope="col">{t('kle')}</th>
            <th scope="col">{t('groupRelations')}</th>
            <th scope="col">{t('groupValid')}</th>
            <th scope="col">{t('groupActs')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.id}>
              <td>{group.name}</td>
              <td>
                {group.eventTypes?.map((type) => word('event', type)).join(', ')}{' '}
                <span className="quiet">{group.eventCodes?.join(' ')}</span>
              </td>
              <td>{group.kle?.join(' ')}</td>
              <td>{group.relations?.map((relation) => word('concerns', relation)).join(', ')}</td>
              <td>{period(group.validFrom, group.validTo)}</td>
              <td>
                <button type="button" className="plain" onClick={() => onEdit(group)}>
                  {t('editNamed', { name: group.name ?? '–' })}
                </button>
                {group.validTo !== null && group.validTo <= today ? null : (
                  <button type="button" className="plain" onClick={() => onEnd(group.id)}>
                    {t('endNamed', { name: group.name ?? '–' })}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
