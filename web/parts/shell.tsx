import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { PAGE_ADDRESSES } from '../../gateway/page/addresses.js';
import { useCaller, type Caller } from '../session/caller.js';
import { forgetCarriedDrafts } from '../session/drafts.js';
import { useSession } from '../session/session.js';
import { useWords } from '../text/text.js';
import { SessionNotice } from './session-notice.js';
import { searchField, ShortcutHelp, useShortcuts } from './shortcuts.js';

interface ShellProps {
  readonly onLanguage: () => void;
  /** The search field, for whoever is signed in. */
  readonly search: ReactNode;
  readonly children: ReactNode;
}

/** What stands around every page: who is signed in for whom, where one can go, and the way out. */
export function Shell({ onLanguage, search, children }: ShellProps) {
  const { t } = useWords();
  const { state } = useSession();
  const isSignedIn = state.at === 'live' || state.at === 'ended';
  const me = useCaller();
  const help = useRef<HTMLDialogElement>(null);
  useShortcuts(() => help.current?.showModal());
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef(location);
  useEffect(() => {
    // A new page is read from its beginning; the first one is where the browser puts it.
    if (before.current !== location) {
      (location === '/' ? (searchField() ?? main.current) : main.current)?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    before.current = location;
  }, [location]);
  return (
    <>
      <a className="skipnav" href="#content">
        {t('skipToContent')}
      </a>
      <header className="top">
        <div className="top-row">
          <Link href="/" className="brand">
            {t('appName')}
          </Link>
          {isSignedIn ? search : null}
          {me ? <Menu me={me} /> : null}
          <div className="top-right">
            {me ? <SignedIn me={me} /> : null}
            <button
              type="button"
              className="plain"
              onClick={onLanguage}
              lang={t('language') === 'English' ? 'en' : 'da'}
            >
              {t('language')}
            </button>
            {isSignedIn ? <SignOut /> : null}
          </div>
        </div>
      </header>
      <SessionNotice />
      <main id="content" ref={main} tabIndex={-1}>
        {children}
      </main>
      <footer className="bottom">
        <Link href="/statement">{t('statement')}</Link>
        <button type="button" className="plain" onClick={() => help.current?.showModal()}>
          {t('shortcuts')} (?)
        </button>
      </footer>
      <ShortcutHelp dialog={help} />
    </>
  );
}

function SignOut() {
  const { t } = useWords();
  return (
    <form method="post" action="/session/end" onSubmit={forgetCarriedDrafts}>
      <button type="submit" className="plain">
        {t('signOut')}
      </button>
    </form>
  );
}

function SignedIn({ me }: { readonly me: Caller }) {
  const { t } = useWords();
  return (
    <span className="who">
      <span className="visually-hidden">{t('signedInFor')} </span>
      {[me.authority.name, me.unit?.name, me.name].filter((part) => part != null).join(' · ')}
    </span>
  );
}

const MENU = Object.entries(PAGE_ADDRESSES).flatMap(([path, { menu }]) =>
  menu ? [{ href: path.replace(/\/:.*/, ''), label: menu.label, of: menu.roles }] : [],
);

/** A page a user has no role for is not offered; the server decides all the same. */
function Menu({ me }: { readonly me: Caller }) {
  const { t } = useWords();
  const [location] = useLocation();
  const roles = new Set<string>(me.grants.map(({ role }) => role));
  return (
    <nav aria-label={t('mainMenu')}>
      <ul className="nobullet-list">
        {MENU.filter(({ of }) => of.some((role) => roles.has(role))).map(({ href, label }) => (
          <li key={href}>
            <Link href={href} aria-current={isWithin(location, href) ? 'page' : undefined}>
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Pages under a menu entry belong to it; the search is itself alone. */
function isWithin(location: string, href: string): boolean {
  return location === href || (href !== '/' && location.startsWith(`${href}/`));
}
