import type { CombinedError } from 'urql';
import { ProblemMessage } from '../../parts/problem-message.js';
import type { Windows } from '../../session/windows.js';
import { useWords } from '../../text/text.js';
import { CaseContent } from './case-content.js';
import { NoteForm } from './note-form.js';
import type { OpenedCase, OpenedCaseLook } from './opened-case.js';

interface CasePanelProps {
  readonly id: string;
  readonly look: OpenedCaseLook;
  readonly citizenId: string;
  readonly citizenName: string;
  readonly windows: Windows | undefined;
}

/** The opened case with everything that may be shown of it. A case that is another person's is not opened on this one's page. */
export function CasePanel({ id, look, citizenId, citizenName, windows }: CasePanelProps) {
  const { found, fetching, error, retry } = look;
  const opened = found?.id === id && concerns(found, citizenId) ? found : null;
  return (
    <div aria-busy={fetching}>
      {opened ? (
        <CaseContent opened={opened} />
      ) : (
        <NotOpened fetching={fetching} error={error} onRetry={retry} />
      )}
      {opened?.takesNotes ? (
        <NoteForm
          opened={opened}
          citizenId={citizenId}
          citizenName={citizenName}
          windows={windows}
          onSent={retry}
        />
      ) : null}
    </div>
  );
}

interface NotOpenedProps {
  readonly fetching: boolean;
  readonly error: CombinedError | undefined;
  readonly onRetry: () => void;
}

/** Stands where the case will be, or says why it does not. */
function NotOpened({ fetching, error, onRetry }: NotOpenedProps) {
  const { t } = useWords();
  if (fetching) return <p role="status">{t('loading')}</p>;
  return error ? <ProblemMessage error={error} onRetry={onRetry} /> : <p>{t('caseUnavailable')}</p>;
}

function concerns({ parties }: OpenedCase, citizenId: string): boolean {
  return parties?.some(({ citizen }) => citizen?.id === citizenId) ?? false;
}
