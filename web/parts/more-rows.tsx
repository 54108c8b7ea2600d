import { useWords } from '../text/text.js';

interface MoreRowsProps {
  readonly shown: number;
  readonly total: number | null | undefined;
  /** A total above this is only known to be more. */
  readonly most?: number;
  readonly more: (() => void) | undefined;
  readonly fetching: boolean;
}

/** How much of a list is shown, and the way to the rest. */
export function MoreRows({ shown, total, most = Infinity, more, fetching }: MoreRowsProps) {
  const { t } = useWords();
  if (shown === 0) return null;
  return (
    <div className="more">
      {total == null || total === shown ? null : (
        <span className="quiet" role="status">
          {total > most ? t('shownOfMore', { shown, total: most }) : t('shownOf', { shown, total })}
        </span>
      )}
      {more ? (
        <button type="button" className="button button-secondary" onClick={more} disabled={fetching}>
          {t('showMore')}
        </button>
      ) : null}
    </div>
  );
}
