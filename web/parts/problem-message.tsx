import type { CombinedError } from 'urql';
import { problemOf } from '../api/problem.js';
import { ReloadButton } from './reload-button.js';
import { useWords } from '../text/text.js';

/** Says what did not work, with the reference to quote, and offers to try again. */
export function ProblemMessage({
  error,
  onRetry,
}: {
  readonly error: CombinedError;
  readonly onRetry?: () => void;
}) {
  const { t, language } = useWords();
  const { code, text, requestId } = problemOf(error, language);
  const isOld = code === 'OPERATION_UNKNOWN';
  return (
    <div className="problem" role="alert">
      <p>{text}</p>
      {requestId === undefined ? null : (
        <p className="quiet">
          {t('reference')}: <code>{requestId}</code>
        </p>
      )}
      {isOld ? <ReloadButton /> : null}
      {onRetry && !isOld ? (
        <button type="button" className="button button-secondary" onClick={onRetry}>
          {t('retry')}
        </button>
      ) : null}
    </div>
  );
}
