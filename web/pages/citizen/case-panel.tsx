import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { CaseOpened } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import type { Windows } from '../../session/windows.js';
import { useWords } from '../../text/text.js';
import { Fact } from './identity-header.js';
import { useCanOpenIn } from './jump-systems.js';
import { useLookUp } from './look-up.js';
import { NoteForm } from './note-form.js';
import { Reason } from './reason.js';
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
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // It stands above what it was opened from.
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const found = data?.case;
  const opened = found?.parties?.some(({ citizen }) => citizen?.id === citizenId) ? found : null;
  return (
    <>
      <section
        ref={panel}
        tabIndex={-1}
        aria-label={t('case')}
        className="section-card case-panel"
        aria-busy={fetching}
      >
        {fetching && !data ? <p role="status">{t('loading')}</p> : null}
        {error && !found ? <ProblemMessage error={error} onRetry={retry} /> : null}
        {!fetching && !error && !opened ? <p>{t('caseUnavailable')}</p> : null}
        {opened ? <CaseContent opened={opened} citizenId={citizenId} /> : null}
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

function CaseContent({ opened, citizenId }: { readonly opened: OpenedCase; readonly citizenId: string }) {
  const { t, word, date } = useWords();
  const system = opened.sourceSystem?.name ?? '–';
  const canOpen = useCanOpenIn(opened.sourceSystem?.code);
  return (
    <>
      <h2>{opened.title ?? '–'}</h2>
      <dl className="facts">
        <Fact name={t('caseNumber')}>{opened.caseNumber ?? '–'}</Fact>
        <Fact name={t('state')}>
          {word('state', opened.state)} {opened.subStatus}
        </Fact>
        <Fact name={t('topic')}>{opened.kle ? `${opened.kle.number} ${opened.kle.title ?? ''}` : '–'}</Fact>
        <Fact name={t('owner')}>{opened.owner?.name ?? '–'}</Fact>
        <Fact name={t('unit')}>
          {opened.responsibleUnit?.name ?? '–'} {opened.responsibleUnit?.contact}
        </Fact>
        <Fact name={t('handler')}>{opened.primaryHandler ?? '–'}</Fact>
        <Fact name={t('opened')}>{date(opened.openedOn)}</Fact>
        <Fact name={t('closed')}>{date(opened.closedOn)}</Fact>
      </dl>
      <p className="actions">
        {canOpen ? (
          <a className="button button-primary" href={`/jump/${opened.id}`}>
            {t('openInSystem', { system })}
          </a>
        ) : null}
        <Link className="button button-secondary" href={`/citizens/${citizenId}`}>
          {t('closeCase')}
        </Link>
      </p>
      {opened.whyShown ? <Reason reason={opened.whyShown} label={t('whyThis')} /> : null}
      <CaseParts opened={opened} />
    </>
  );
}

function CaseParts({ opened }: { readonly opened: OpenedCase }) {
  const { t, word, date, time } = useWords();
  const { history, parties, notes, handedNotes, documents } = opened;
  return (
    <div className="case-parts">
      <Part title={t('caseHistory')} count={history?.length}>
        {history?.map(({ state, on }, i) => (
          <li key={i}>
            {date(on)}: {word('state', state)}
          </li>
        ))}
      </Part>
      <Part title={t('caseParties')} count={parties?.length}>
        {parties?.map(({ role, citizen, company }, i) => (
          <li key={i}>
            {word('party', role)}:{' '}
            {citizen ? (
              <Link href={`/citizens/${citizen.id}`}>{citizen.name ?? '–'}</Link>
            ) : (
              (company?.name ?? '–')
            )}
          </li>
        ))}
      </Part>
      <Part title={t('caseDocuments')} count={documents?.edges.length}>
        {documents?.edges.map(({ node }) => (
          <li key={node.id}>
            {node.title} <span className="quiet">{date(node.letterDate)}</span>
          </li>
        ))}
      </Part>
      <Part title={t('caseNotes')} count={notes?.length}>
        {notes?.map((note) => (
          <li key={note.id}>
            <strong>{note.title}</strong> <span className="quiet">{date(note.writtenOn)}</span>
            <p className="note-text">{note.text}</p>
          </li>
        ))}
      </Part>
      {handedNotes?.length ? (
        <Part title={t('handedNotes')} count={handedNotes.length}>
          {handedNotes.map((note) => (
            <li key={note.id}>
              {note.title ?? t('caseNotes')} <span className="quiet">{time(note.writtenAt)}</span>:{' '}
              {word('delivery', note.delivery)} {note.refusal}
            </li>
          ))}
        </Part>
      ) : null}
    </div>
  );
}

interface PartProps {
  readonly title: string;
  /** Undefined when it cannot be shown: that is not the same as none. */
  readonly count: number | undefined;
  readonly children: React.ReactNode;
}

function Part({ title, count, children }: PartProps) {
  const { t } = useWords();
  return (
    <div>
      <h3>{title}</h3>
      {count === undefined ? <p>{t('notShown')}</p> : null}
      {count === 0 ? <p>{t('none')}</p> : null}
      {count ? <ul>{children}</ul> : null}
    </div>
  );
}
