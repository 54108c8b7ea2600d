import { useEffect, useMemo, useState } from 'react';
import { Route, Switch } from 'wouter';
import { MappingPage } from './pages/access/mapping-page.js';
import { MappingsPage } from './pages/access/mappings-page.js';
import { CitizenPage } from './pages/citizen/citizen-page.js';
import { InboxPage } from './pages/inbox/inbox-page.js';
import { LogPage } from './pages/log/log-page.js';
import { MissingPage } from './pages/missing-page.js';
import { SearchPage } from './pages/search/search-page.js';
import { SearchMemory } from './pages/search/search-memory.js';
import { SignInPage } from './pages/sign-in-page.js';
import { StatementPage } from './pages/statement-page.js';
import { Shell } from './parts/shell.js';
import { SessionProvider, useSession } from './session/session.js';
import { WordsContext, wordsOf, type Language } from './text/text.js';

const LANGUAGE = 'overblik-language';

const storedLanguage = (): Language => (localStorage.getItem(LANGUAGE) === 'en' ? 'en' : 'da');

export function App() {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  const words = useMemo(() => wordsOf(language), [language]);
  useEffect(() => {
    localStorage.setItem(LANGUAGE, language);
    document.documentElement.lang = language;
  }, [language]);
  return (
    <WordsContext value={words}>
      <SessionProvider>
        <SearchMemory>
          <Shell onLanguage={() => setLanguage(language === 'da' ? 'en' : 'da')}>
            <Pages />
          </Shell>
        </SearchMemory>
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
      <Route path="/" component={SearchPage} />
      <Route path="/citizens/:id">{({ id }) => <CitizenPage key={id} id={id} />}</Route>
      <Route path="/inbox" component={InboxPage} />
      <Route path="/log" component={LogPage} />
      <Route path="/access" component={MappingsPage} />
      <Route path="/access/mapping" component={MappingPage} />
      <Route path="/statement" component={StatementPage} />
      <Route component={MissingPage} />
    </Switch>
  );
}
