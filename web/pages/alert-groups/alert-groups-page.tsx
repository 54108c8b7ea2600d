import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { AlertGroups, EndAlertGroup } from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { usePeriod } from '../../parts/period.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { AlertGroupEditor } from './alert-group-editor.js';
import type { Group } from './group.js';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';

/** Who is alerted to what. What a group has made stays when the group ends. */
export default function AlertGroupsPage() {
  const { t } = useWords();
  usePageTitle(t('alertGroups'));
  const [{ data, fetching, error }, ask] = useQuery({ query: AlertGroups });
  const again = () => ask({ requestPolicy: 'network-only' });
  const [{ error: endError }, end] = useMutation(EndAlertGroup);
  /** The group that is edited; null for a new one, undefined for none. */
  const [edited, setEdited] = useState<Group | null>();
  const [said, setSaid] = useState('');
  const done = (saved: boolean) => {
    setEdited(undefined);
    setSaid(saved ? t('changeSaved') : '');
    again();
  };
  if (edited !== undefined)
    return (
      <div className="wide">
        <h1>{edited?.name ?? t('newAlertGroup')}</h1>
        <AlertGroupEditor group={edited} onDone={done} />
      </div>
    );
  const groups = data?.alertGroups ?? [];
  return (
    <div className="wide">
      <h1>{t('alertGroups')}</h1>
      <p>{t('alertGroupsIntro')}</p>
      <p>
        <button type="button" className="button button-primary" onClick={() => setEdited(null)}>
          {t('newAlertGroup')}
        </button>
      </p>
      <p role="status">{said}</p>
      {error ? <ProblemMessage error={error} onRetry={again} /> : null}
      {endError ? <ProblemMessage error={endError} /> : null}
      {fetching && !data ? <p role="status">{t('loading')}</p> : null}
      {data?.alertGroups === null && !error ? <p>{t('outcome_NOT_PERMITTED')}</p> : null}
      {data?.alertGroups && groups.length === 0 ? <p>{t('none')}</p> : null}
      {groups.length === 0 ? null : (
        <GroupTable
          groups={groups}
          onEdit={setEdited}
          onEnd={(id) => void end({ id }).then((told) => (told.error ? undefined : done(true)))}
        />
      )}
    </div>
  );
}

interface GroupTableProps {
  readonly groups: readonly Group[];
  readonly onEdit: (group: Group) => void;
  readonly onEnd: (id: string) => void;
}

function GroupTable({ groups, onEdit, onEnd }: GroupTableProps) {
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
              <td>{group.relations?.map((one) => word('concerns', one)).join(', ')}</td>
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
