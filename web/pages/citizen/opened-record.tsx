import type { Windows } from '../../session/windows.js';
import { useWords } from '../../text/text.js';
import { AlertContent } from './alert-content.js';
import { CasePanel } from './case-panel.js';
import { DocumentContent } from './document-content.js';
import { GrantContent } from './grant-content.js';
import type { OpenedCaseLook } from './opened-case.js';
import type { Person } from './person.js';
import type { OpenRecord } from './place.js';
import { RecordPanel } from './record-panel.js';

interface OpenedRecordProps {
  readonly citizenId: string;
  readonly citizenName: string;
  readonly open: OpenRecord;
  readonly person: Person;
  readonly opened: OpenedCaseLook;
  readonly windows: Windows | undefined;
}

/** The panel with the record that is open. A case is asked for; the others are what their lists have of them. */
export function OpenedRecord({ citizenId, citizenName, open, person, opened, windows }: OpenedRecordProps) {
  return (
    <RecordPanel citizenId={citizenId} open={open}>
      {open.kind === 'case' ? (
        <CasePanel
          key={open.id}
          id={open.id}
          look={opened}
          citizenId={citizenId}
          citizenName={citizenName}
          windows={windows}
        />
      ) : (
        <ListedRecord citizenId={citizenId} open={open} person={person} />
      )}
    </RecordPanel>
  );
}

type ListedRecordProps = Pick<OpenedRecordProps, 'citizenId' | 'open' | 'person'>;

function ListedRecord({ citizenId, open: { kind, id }, person }: ListedRecordProps) {
  const document = kind === 'document' ? person.documents.rows.find((row) => row.id === id) : undefined;
  const grant = kind === 'grant' ? person.benefits.rows.find((row) => row.id === id) : undefined;
  const alert = kind === 'alert' ? person.alerts.rows.find((row) => row.id === id) : undefined;
  if (document)
    return <DocumentContent citizenId={citizenId} document={document} cases={person.cases.rows} />;
  if (grant) return <GrantContent citizenId={citizenId} grant={grant} cases={person.cases.rows} />;
  if (alert) return <AlertContent citizenId={citizenId} alert={alert} cases={person.cases.rows} />;
  const { documents, benefits, alerts } = person;
  return <NotListed isLoading={documents.fetching || benefits.fetching || alerts.fetching} />;
}

function NotListed({ isLoading }: { readonly isLoading: boolean }) {
  const { t } = useWords();
  return <p role="status">{t(isLoading ? 'loading' : 'recordUnavailable')}</p>;
}
