import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import type { ReasonFragment, SectionOutcome, SourceFragment } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { Reason } from './reason.js';

/** What every section of a person says of itself. */
export interface SectionHead {
  readonly outcome: SectionOutcome;
  readonly sources: readonly SourceFragment[];
  readonly reason: ReasonFragment | null;
}

interface SectionCardProps {
  readonly id: string;
  readonly title: string;
  readonly fetching: boolean;
  readonly error: CombinedError | undefined;
  /** Undefined until it is there; null when the part of the system that has it did not answer. */
  readonly section: SectionHead | null | undefined;
  /** How many there are; null when that is not known. */
  readonly count?: number | null | undefined;
  readonly onRetry: () => void;
  /** Stands under the outcome, whatever it is: what would make more of it visible. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

const READABLE: readonly SectionOutcome[] = ['AVAILABLE', 'PARTLY'];

/**
 * One section: its outcome in words, its sources, and what it holds. Nothing that failed looks like nothing there; a card keeps its
 * place while it loads.
 */
export function SectionCard({
  id,
  title,
  fetching,
  error,
  section,
  count,
  onRetry,
  beside = null,
  children,
}: SectionCardProps) {
  const isLoading = fetching && !section;
  const failed = !isLoading && !section;
  return (
    <section
      className="section-card"
      data-section={id}
      data-outcome={failed ? 'FAILED' : section?.outcome}
      aria-labelledby={`${id}-heading`}
      aria-busy={isLoading}
    >
      <h2 id={`${id}-heading`} tabIndex={-1}>
        {title}
        {count == null ? null : <span className="count"> ({count})</span>}
      </h2>
      {isLoading ? <Skeleton /> : null}
      {failed ? <Failed error={error} onRetry={onRetry} /> : null}
      {section ? (
        <SectionState section={section} beside={beside} onRetry={onRetry}>
          {children}
        </SectionState>
      ) : null}
    </section>
  );
}

interface SectionStateProps extends Pick<SectionCardProps, 'beside' | 'onRetry' | 'children'> {
  readonly section: SectionHead;
}

/** What came of asking for a section: its outcome, what may be read of it, and where it is from. */
function SectionState({
  section: { outcome, reason, sources },
  beside,
  onRetry,
  children,
}: SectionStateProps) {
  const { t, word } = useWords();
  return (
    <>
      {outcome === 'AVAILABLE' ? null : (
        <p className="outcome">
          {word('outcome', outcome)}
          {reason ? <Reason reason={reason} label={t('whyNot')} /> : null}
        </p>
      )}
      {READABLE.includes(outcome) ? children : null}
      {beside}
      {outcome === 'UNAVAILABLE' || behindOf(sources).length > 0 ? (
        <button type="button" className="button button-secondary" onClick={onRetry}>
          {t('retry')}
        </button>
      ) : null}
      <Sources sources={sources} />
    </>
  );
}

/** An empty list: there are none, or there were none in what could be fetched. The two never look the same. */
export function Nothing({ outcome }: { readonly outcome: SectionOutcome | undefined }) {
  const { t } = useWords();
  return <p>{t(outcome === 'AVAILABLE' ? 'none' : 'noneFetched')}</p>;
}

function Failed({
  error,
  onRetry,
}: {
  readonly error: CombinedError | undefined;
  readonly onRetry: () => void;
}) {
  const { t } = useWords();
  return (
    <>
      <p className="outcome">{t('outcome_UNAVAILABLE')}</p>
      {error ? (
        <ProblemMessage error={error} onRetry={onRetry} />
      ) : (
        <button type="button" className="button button-secondary" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
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

/** Sources whose records may be missing or old; asking again may help. */
function behindOf(sources: readonly SourceFragment[]): SourceFragment[] {
  return sources.filter(({ state }) => state === 'STALE' || state === 'MISSING');
}

/** Where a section comes from and how fresh each source is; one that is behind is marked where it can be seen. */
function Sources({ sources }: { readonly sources: readonly SourceFragment[] }) {
  const { t, time } = useWords();
  if (sources.length === 0) return null;
  const behind = behindOf(sources);
  const line = ({ sourceSystem, state, asOf }: SourceFragment) => (
    <li key={sourceSystem.code} className={state === 'CURRENT' ? undefined : 'behind'}>
      {sourceSystem.name}: {t(`source_${state}`, { date: asOf ? time(asOf) : t('never') })}
    </li>
  );
  return (
    <>
      {behind.length === 0 ? null : <ul className="sources behind-sources">{behind.map(line)}</ul>}
      <details className="sources">
        <summary>{t('sources')}</summary>
        <ul>{sources.map(line)}</ul>
      </details>
    </>
  );
}
