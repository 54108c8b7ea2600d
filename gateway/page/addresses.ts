/** Where a page stands in the menu. */
interface MenuEntry {
  /** Name of its text in `web/text/`. */
  readonly label: string;
  /** The system roles by one of which it is offered. */
  readonly roles: readonly string[];
}

interface PageAddress {
  /** Null for a page that other pages lead to. */
  readonly menu: MenuEntry | null;
  /** Whether it can be opened without a session; it then shows the sign-in itself. */
  readonly open?: true;
}

/** System roles by one of which somebody or something is found by searching. */
export const SEARCH_ROLES = [
  'citizen-search',
  'citizen-search-national',
  'case-read',
  'case-exists',
] as const;

/**
 * Addresses of the page in the order of its menu: the gateway serves them (`route.ts`), the menu offers them (`web/parts/shell.tsx`),
 * and `web/app.tsx` says what stands there.
 */
export const PAGE_ADDRESSES = {
  '/': { menu: { label: 'search', roles: SEARCH_ROLES }, open: true },
  '/citizens/:id': { menu: null },
  '/inbox': { menu: { label: 'inbox', roles: ['alert-handle', 'alert-read'] } },
  '/alert-groups': { menu: { label: 'alertGroups', roles: ['alert-administer'] } },
  '/access/:part?': { menu: { label: 'access', roles: ['access-administer', 'access-approve'] } },
  '/log': { menu: { label: 'log', roles: ['audit-read'] } },
  '/statement': { menu: null },
} as const satisfies Record<string, PageAddress>;
