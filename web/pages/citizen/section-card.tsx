import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import type { ReasonFragment, SectionOutcome, SourceFragment } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import type { Part } from './person-rows.js';
import { Reason } from './reason.js';
import { behindFor, type Sourced } from './sources.js';

/** What every section of a person says of itself. */
export interface SectionHead {
  readonly outcome: SectionOutcome;
  readonly sources: readonly SourceFragment[];
  readonly reason: ReasonFragment | null;
}

interface SectionCardProps {
  readonly id: string;
  readonly title: string;
  readonly part: Part<SectionHead>;
  /** How many there are; null when that is not known. */
  readonly count?: number | null | undefined;
  /** What is shown of it, when each says its source. */
  readonly rows?: readonly Sourced[];
  /** Whether it stands alone, as a part of its own. */
  readonly isAlone?: boolean;
  /** Stands under the outcome, whatever it is: what would make more of it visible. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

const READABLE: readonly SectionOutcome[] = ['AVAILABLE', 'PARTLY'];

/** @returns whether what a section holds may be read, as far as it could be fetched. */
export const isReadable = <Section extends SectionHead>(
  section: Section | null | undefined,
): section is Section => section != null && READABLE.includes(section.outcome);

/** @returns the name of the text for an empty list: there are none, or there were none in what could be fetched. */
export const noneOf = (section: Pick<SectionHead, 'outcome'> | null | undefined) =>
  section?.outcome === 'AVAILABLE' ? 'none' : 'noneFetched';

/**
 * One section: its outcome in words, and what it holds. Nothing that failed looks like nothing there; a card keeps its place while it
 * loads. Which sources are behind is said once for the whole page; here stands a mark.
 */
export function SectionCard({
  id,
  title,
  part: { fetching, error, section, retry },
  count,
  rows,
  isAlone,
  beside,
  children,
}: SectionCardProps) {
  const isLoading = fetching && !section;
  const failed = !isLoading && !section;
  return (
    <section
      className="section-card"
      data-section={id}
      data-alone={isAlone || undefined}
      data-outcome={failed ? 'FAILED' : section?.outcome}
      aria-labelledby={`${id}-heading`}
      aria-busy={isLoading}
    >
      <Heading id={id} title={title} count={count} section={section} rows={rows} />
      {isLoading ? <Skeleton /> : null}
      {failed ? <Failed error={error} onRetry={retry} /> : null}
      {section ? (
        <SectionState section={section} beside={beside} onRetry={retry}>
          {children}
        </SectionState>
      ) : null}
    </section>
  );
}

interface HeadingProps extends Pick<SectionCardProps, 'id' | 'title' | 'count'> {
  readonly section: SectionHead | null | undefined;
  readonly rows: readonly Sourced[] | undefined;
}

function Heading({ id, title, count, section, rows = [] }: HeadingProps) {
  return (
    <h2 id={`${id}-heading`} tabIndex={-1}>
      {title}
      {count == null ? null : <span className="count"> ({count})</span>}
      <BehindMark sources={section?.sources ?? []} rows={rows} />
    </h2>
  );
}

interface SectionStateProps {
  readonly section: SectionHead;
  readonly beside: ReactNode;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** What came of asking for a section: its outcome, and what may be read of it. */
function SectionState({
  section: { outcome, reason, sources },
  beside,
  onRetry,
  children,
}: SectionStateProps) {
  const { t, word } = useWords();
  // What a source is behind with, or wants a purpose for, is said where it is said for the whole page.
  const isSaid = outcome === 'PARTLY' && sources.some(({ state }) => state !== 'CURRENT');
  return (
    <>
      {READABLE.includes(outcome) ? null : <p className="outcome">{word('outcome', outcome)}</p>}
      {outcome !== 'AVAILABLE' && reason && !isSaid ? <Reason reason={reason} label={t('whyNot')} /> : null}
      {READABLE.includes(outcome) ? children : null}
      {beside}
      {outcome === 'UNAVAILABLE' ? <RetryButton onRetry={onRetry} /> : null}
    </>
  );
}

function RetryButton({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" className="button button-secondary" onClick={onRetry}>
      {t('retry')}
    </button>
  );
}

interface BehindMarkProps {
  readonly sources: readonly SourceFragment[];
  readonly rows: readonly Sourced[];
}

/** A small mark on a section that something is missing in, or old; the line on the sources says what. */
function BehindMark({ sources, rows }: BehindMarkProps) {
  const { t } = useWords();
  const behind = behindFor(sources, rows);
  if (behind.length === 0) return null;
  const names = behind.map(({ sourceSystem }) => sourceSystem.name).join(', ');
  const text = t('behindMark', { names });
  return (
    <span className="behind-mark" title={text}>
      <span aria-hidden="true"> ⚠</span>
      <span className="visually-hidden"> {text}</span>
    </span>
  );
}

/** An empty list: there are none, or there were none in what could be fetched. The two never look the same. */
export function Nothing({ outcome }: { readonly outcome: SectionOutcome | undefined }) {
  const { t } = useWords();
  return <p className="quiet">{t(outcome === undefined ? 'noneFetched' : noneOf({ outcome }))}</p>;
}

interface FailedProps {
  readonly error: CombinedError | undefined;
  readonly onRetry: () => void;
}

function Failed({ error, onRetry }: FailedProps) {
  const { t } = useWords();
  return (
    <>
      <p className="outcome">{t('outcome_UNAVAILABLE')}</p>
      {error ? <ProblemMessage error={error} onRetry={onRetry} /> : <RetryButton onRetry={onRetry} />}
    </>
  );
}

function Skeleton() {
  const { t } = useWords();
  return (
    <div className="skeleton">
      <span className="visually-hidden">{t('loading')}</span>
      <div />
      <div />
      <div />
    </div>
  );
}
