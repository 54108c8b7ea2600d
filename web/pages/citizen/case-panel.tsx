import { useEffect, useRef, type RefObject } from 'react';
import type { CombinedError } from 'urql';
import { CaseOpened } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import type { Windows } from '../../session/windows.js';
import { useWords } from '../../text/text.js';
import { CaseContent } from './case-content.js';
import { useLookUp } from './look-up.js';
import { NoteForm } from './note-form.js';
import type { OpenedCase } from './opened-case.js';

interface CasePanelProps {
  readonly id: string;
  readonly citizenId: string;
  readonly citizenName: string;
  readonly windows: Windows | undefined;
}

/** The opened case with everything that may be shown of it. A case that is another person's is not opened on this one's page. */
export function CasePanel({ id, citizenId, citizenName, windows }: CasePanelProps) {
  const { t } = useWords();
  const [{ data, fetching, error }, again] = useLookUp(CaseOpened, { id });
  const retry = () => again({ requestPolicy: 'network-only' });
  const panel = useShownFirst();
  const found = data?.case;
  const opened = found && concerns(found, citizenId) ? found : null;
  return (
    <>
      <section
        ref={panel}
        tabIndex={-1}
        aria-label={t('case')}
        className="section-card case-panel"
        aria-busy={fetching}
      >
        {opened ? (
          <CaseContent opened={opened} citizenId={citizenId} />
        ) : (
          <NotOpened fetching={fetching} error={error} onRetry={retry} />
        )}
      </section>
      {opened?.takesNotes ? (
        <NoteForm
          opened={opened}
          citizenId={citizenId}
          citizenName={citizenName}
          windows={windows}
          onSent={retry}
        />
      ) : null}
    </>
  );
}

/** @returns what marks the part of the page that the user is taken to. */
function useShownFirst(): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // It stands above what it was opened from.
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return panel;
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
