import { useState, type ComponentProps } from 'react';
import { useMutation, useQuery } from 'urql';
import { AlertGroups, EndAlertGroup } from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { AlertGroupEditor } from './alert-group-editor.js';
import { GroupTable } from './group-table.js';
import type { Group } from './group.js';

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
      {data && (data.alertGroups ?? !error) ? (
        <Groups
          groups={data.alertGroups}
          onEdit={setEdited}
          onEnd={(id) => void end({ id }).then((result) => (result.error ? undefined : done(true)))}
        />
      ) : null}
    </div>
  );
}

interface GroupsProps extends Omit<ComponentProps<typeof GroupTable>, 'groups'> {
  /** Null when they are not the user's to see. */
  readonly groups: readonly Group[] | null;
}

function Groups({ groups, ...acts }: GroupsProps) {
  const { t } = useWords();
  if (groups === null) return <p>{t('outcome_NOT_PERMITTED')}</p>;
  return groups.length === 0 ? <p>{t('none')}</p> : <GroupTable groups={groups} {...acts} />;
}
