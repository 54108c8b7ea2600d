import { Link } from 'wouter';
import { usePageTitle } from '../parts/page-title.js';
import { useWords } from '../text/text.js';

export function MissingPage() {
  const { t } = useWords();
  usePageTitle(t('pageNotFound'));
  return (
    <div className="narrow">
      <h1>{t('pageNotFound')}</h1>
      <p>{t('pageNotFoundText')}</p>
      <p>
        <Link href="/">{t('toSearch')}</Link>
      </p>
    </div>
  );
}
