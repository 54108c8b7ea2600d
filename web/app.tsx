import { Suspense, lazy, useEffect, useMemo, useState, type ComponentType } from 'react';
import { Route, Switch, type RouteComponentProps } from 'wouter';
import { PAGE_ADDRESSES } from '../gateway/page/addresses.js';
import { CitizenPage } from './pages/citizen/citizen-page.js';
import { InboxMemory } from './pages/inbox/inbox-memory.js';
import { MissingPage } from './pages/missing-page.js';
import { HeaderSearch } from './pages/search/header-search.js';
import { SearchMemory } from './pages/search/search-memory.js';
import { SignInPage } from './pages/sign-in-page.js';
import { StartPage } from './pages/start-page.js';
import { StatementPage } from './pages/statement-page.js';
import { ErrorBoundary } from './parts/error-boundary.js';
import { Shell } from './parts/shell.js';
import { CallerProvider } from './session/caller.js';
import { SessionProvider, useSession } from './session/session.js';
import { storedLanguage, storeLanguage } from './text/language.js';
import { WordsContext, wordsOf, type Language } from './text/text.js';
import { namesOf } from '../subgraphs/shared/names/known-names.js';

/** Pages most users never open are fetched when they are. */
const InboxPage = lazy(() => import('./pages/inbox/inbox-page.js'));
const LogPage = lazy(() => import('./pages/log/log-page.js'));
const AlertGroupsPage = lazy(() => import('./pages/alert-groups/alert-groups-page.js'));
const AccessPages = lazy(() => import('./pages/access/access-pages.js'));

type Address = keyof typeof PAGE_ADDRESSES;
const ADDRESSES = namesOf(PAGE_ADDRESSES);

/** What stands at each address of the page. */
const PAGES: Readonly<Record<Address, ComponentType<RouteComponentProps>>> = {
  '/': StartPage,
  '/citizens/:id': ({ params: { id = '' } }) => <CitizenPage key={id} id={id} />,
  '/inbox': InboxPage,
  '/log': LogPage,
  '/alert-groups': AlertGroupsPage,
  '/access/:part?': AccessPages,
  '/statement': StatementPage,
};

export function App() {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  const words = useMemo(() => wordsOf(language), [language]);
  useEffect(() => storeLanguage(language), [language]);
  return (
    <WordsContext value={words}>
      <SessionProvider>
        <CallerProvider>
          <SearchMemory>
            <InboxMemory>
              <Shell
                onLanguage={() => setLanguage(language === 'da' ? 'en' : 'da')}
                search={<HeaderSearch />}
              >
                <ErrorBoundary>
                  <Suspense fallback={<p role="status">{words.t('loading')}</p>}>
                    <Pages />
                  </Suspense>
                </ErrorBoundary>
              </Shell>
            </InboxMemory>
          </SearchMemory>
        </CallerProvider>
      </SessionProvider>
    </WordsContext>
  );
}

function Pages() {
  const { state } = useSession();
  if (state.at === 'asking') return null;
  if (state.at === 'none') return <SignInPage />;
  return (
    <Switch>
      {ADDRESSES.map((path) => (
        <Route key={path} path={path} component={PAGES[path]} />
      ))}
      <Route component={MissingPage} />
    </Switch>
  );
}
