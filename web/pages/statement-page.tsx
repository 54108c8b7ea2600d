import { usePageTitle } from '../parts/page-title.js';
import { useWords } from '../text/text.js';

/** The accessibility statement: what was tried and what was not. */
export function StatementPage() {
  const { t } = useWords();
  usePageTitle(t('statement'));
  return (
    <div className="narrow">
      <h1>{t('statement')}</h1>
      <p>{t('statementText')}</p>
      <p>{t('statementContact')}</p>
    </div>
  );
}
