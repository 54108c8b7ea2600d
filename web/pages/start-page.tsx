import { Redirect } from 'wouter';
import { usePageTitle } from '../parts/page-title.js';
import { useCaller, useHasRole } from '../session/caller.js';
import { useWords } from '../text/text.js';
import { SearchPage } from './search/search-page.js';
import { SEARCH_ROLES } from '../../gateway/page/addresses.js';

/** Where those begin who look nobody up, by the first of these roles that they have. */
const OWN_WORK = [
  ['access-approve', '/access/waiting'],
  ['access-administer', '/access'],
  ['audit-read', '/log'],
  ['alert-administer', '/alert-groups'],
  ['alert-handle', '/inbox'],
  ['alert-read', '/inbox'],
] as const;

/** The first page after the sign-in: the search for whoever may search, and what else is the user's own work. */
export function StartPage() {
  const { t } = useWords();
  const me = useCaller();
  const maySearch = useHasRole(...SEARCH_ROLES);
  if (me === null) return <p role="status">{t('loading')}</p>;
  if (maySearch) return <SearchPage />;
  const roles = new Set<string>(me.grants.map(({ role }) => role));
  const [, path] = OWN_WORK.find(([role]) => roles.has(role)) ?? [];
  return path === undefined ? <NoWork /> : <Redirect to={path} replace />;
}

/** Says to whoever has no role that opens a page why there is nothing here, and what can be done. */
function NoWork() {
  const { t } = useWords();
  usePageTitle(t('noWork'));
  return (
    <div className="narrow">
      <h1>{t('noWork')}</h1>
      <p>{t('noWorkWhy')}</p>
    </div>
  );
}
