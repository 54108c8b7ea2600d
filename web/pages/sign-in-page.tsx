import { usePageTitle } from '../parts/page-title.js';
import { useWords } from '../text/text.js';

/** Where nobody is signed in: what this is, and the way in. */
export function SignInPage() {
  const { t } = useWords();
  usePageTitle(t('signIn'));
  const back = new URLSearchParams({ return: location.pathname + location.search });
  return (
    <div className="narrow">
      <h1>{t('appName')}</h1>
      <p>{t('signInWhy')}</p>
      <p>
        <a className="button button-primary" href={`/saml/login?${back.toString()}`}>
          {t('signIn')}
        </a>
      </p>
    </div>
  );
}
