import { useQuery } from 'urql';
import { Link, Route, Switch, useLocation } from 'wouter';
import { AwaitingApproval } from '../../generated/operations.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { MissingPage } from '../missing-page.js';
import { ItemPage } from './item-page.js';
import { ItemsPage } from './items-page.js';
import { LiftsPage } from './lifts-page.js';
import { SettingsPage } from './settings-page.js';
import { SimulatorPage } from './simulator-page.js';
import { SourcesPage } from './sources-page.js';
import { GrantChoicesProvider } from './grant-choices.js';
import { WaitingPage } from './waiting-page.js';

const PAGE = 50;

/** What the municipality decides on access: every page of the role administrator and of whoever approves. */
export default function AccessPages() {
  return (
    <div className="wide">
      <AccessMenu />
      <GrantChoicesProvider>
        <Switch>
          <Route path="/access">
            <ItemsPage kind="MAPPING" />
          </Route>
          <Route path="/access/waiting" component={WaitingPage} />
          <Route path="/access/agreements">
            <ItemsPage kind="AGREEMENT" />
          </Route>
          <Route path="/access/jumps">
            <ItemsPage kind="JUMP" />
          </Route>
          <Route path="/access/settings">
            <SettingsPage />
          </Route>
          <Route path="/access/item">
            <ItemPage />
          </Route>
          <Route path="/access/simulator" component={SimulatorPage} />
          <Route path="/access/lifts" component={LiftsPage} />
          <Route path="/access/sources" component={SourcesPage} />
          <Route component={MissingPage} />
        </Switch>
      </GrantChoicesProvider>
    </div>
  );
}

/** How many proposals wait, beside the entry that leads to them. */
function WaitingCount() {
  const [{ data }] = useQuery({ query: AwaitingApproval, variables: { first: PAGE } });
  const waiting = data?.awaitingApproval;
  if (!waiting || waiting.edges.length === 0) return null;
  return (
    <strong>
      {' '}
      {waiting.edges.length}
      {waiting.pageInfo.hasNextPage ? '+' : ''}
    </strong>
  );
}

function AccessMenu() {
  const { t } = useWords();
  const [location] = useLocation();
  const administers = useHasRole('access-administer');
  const approves = useHasRole('access-approve');
  const entries = [
    { href: '/access/waiting', label: t('waiting'), shown: approves },
    { href: '/access', label: t('items_MAPPING'), shown: true },
    { href: '/access/agreements', label: t('items_AGREEMENT'), shown: true },
    { href: '/access/jumps', label: t('items_JUMP'), shown: true },
    { href: '/access/settings', label: t('items_SETTINGS'), shown: true },
    { href: '/access/simulator', label: t('simulator'), shown: administers },
    { href: '/access/lifts', label: t('lifts'), shown: approves },
    { href: '/access/sources', label: t('sourcesPage'), shown: true },
  ];
  return (
    <nav className="submenu" aria-label={t('access')}>
      <ul className="nobullet-list inline-list">
        {entries
          .filter(({ shown }) => shown)
          .map(({ href, label }) => (
            <li key={href}>
              <Link href={href} aria-current={location === href ? 'page' : undefined}>
                {label}
                {href === '/access/waiting' && approves ? <WaitingCount /> : null}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
