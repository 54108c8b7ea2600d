import { reloadKeepingDrafts } from '../session/drafts.js';
import { useWords } from '../text/text.js';

/** Offered when the page is older than the server: loads it anew, with what has been written. */
export function ReloadButton() {
  const { t } = useWords();
  return (
    <button type="button" className="button button-secondary" onClick={reloadKeepingDrafts}>
      {t('reload')}
    </button>
  );
}
