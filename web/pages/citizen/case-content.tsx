import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../text/text.js';
import { CaseDocumentList } from './case-document-list.js';
import { contactOf } from './case-section.js';
import { Fact } from './fact.js';
import { useCanOpenIn } from './jump-systems.js';
import type { OpenedCase } from './opened-case.js';
import { Reason } from './reason.js';

/** What may be shown of an opened case, and the ways on from it. */
export function CaseContent({ opened }: { readonly opened: OpenedCase }) {
  const { t } = useWords();
  const system = opened.sourceSystem?.name ?? '–';
  const canOpen = useCanOpenIn(opened.sourceSystem?.code);
  return (
    <>
      <h2>{opened.title ?? '–'}</h2>
      <CaseFacts opened={opened} />
      <p className="actions">
        {canOpen ? (
          <a className="button button-primary" href={`/jump/${opened.id}`} data-open-in-system>
            {t('openInSystem', { system })}
          </a>
        ) : null}
      </p>
      {opened.whyShown ? <Reason reason={opened.whyShown} label={t('whyThis')} /> : null}
      <CaseParts opened={opened} />
    </>
  );
}

function CaseFacts({ opened }: { readonly opened: OpenedCase }) {
  const { t, word, date } = useWords();
  const { kle, responsibleUnit: unit } = opened;
  return (
    <dl className="facts">
      <Fact name={t('caseNumber')}>{opened.caseNumber ?? '–'}</Fact>
      <Fact name={t('state')}>
        {word('state', opened.state)} {opened.subStatus}
      </Fact>
      <Fact name={t('topic')}>{kle ? `${kle.number} ${kle.title ?? ''}` : '–'}</Fact>
      <Fact name={t('owner')}>{opened.owner?.name ?? '–'}</Fact>
      <Fact name={t('unit')}>{unit ? contactOf(unit) : '–'}</Fact>
      <Fact name={t('handler')}>{opened.primaryHandler ?? '–'}</Fact>
      <Fact name={t('opened')}>{date(opened.openedOn)}</Fact>
      <Fact name={t('closed')}>{date(opened.closedOn)}</Fact>
    </dl>
  );
}

function CaseParts({ opened }: { readonly opened: OpenedCase }) {
  const { t, word, date, time } = useWords();
  const { history, parties, notes, handedNotes } = opened;
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
      <DocumentsPart opened={opened} />
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

function DocumentsPart({ opened: { id, documents } }: { readonly opened: OpenedCase }) {
  const { t } = useWords();
  return (
    <div>
      <h3>{t('caseDocuments')}</h3>
      {documents ? <CaseDocumentList caseId={id} first={documents} /> : <p>{t('notShown')}</p>}
    </div>
  );
}

interface PartProps {
  readonly title: string;
  /** Undefined when it cannot be shown: that is not the same as none. */
  readonly count: number | undefined;
  readonly children: ReactNode;
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
