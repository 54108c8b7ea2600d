import type { Page } from 'playwright-core';
import { BENEFIT_ROLE } from './administration.js';
import type { Stack } from './stack.js';

/** A page of the program as one user sees it. */
export interface ShownPage {
  readonly name: string;
  /** The development sign-in. */
  readonly as: string;
  readonly path: (stack: Stack) => string;
  /** What is done on it before it is looked at. */
  readonly prepare: (page: Page) => Promise<unknown>;
}

type Row = readonly [name: string, as: string, path: ShownPage['path'], prepare?: ShownPage['prepare']];

const itemPath = `/access/item?${new URLSearchParams({ kind: 'MAPPING', key: BENEFIT_ROLE }).toString()}`;

const ROWS: readonly Row[] = [
  ['search', 'benefit-caseworker', () => '/'],
  ['citizen', 'benefit-caseworker', (stack) => `/citizens/${stack.story('sickness-benefit').citizenId}`],
  [
    'case',
    'benefit-caseworker',
    (stack) => `/citizens/${stack.story('sickness-benefit').citizenId}`,
    async (page) => {
      await page.locator('[data-section="cases"] tbody a').first().click();
      await page.getByRole('heading', { name: 'Forløb' }).waitFor();
    },
  ],
  ['citizen-everything', 'vip-cleared', (stack) => `/citizens/${stack.story('every-system').citizenId}`],
  [
    'timeline',
    'vip-cleared',
    (stack) => `/citizens/${stack.story('every-system').citizenId}?tab=timeline`,
    async (page) => {
      await page.getByText('Vis som tabel').click();
      await page.getByRole('cell', { name: 'Sygedagpenge' }).first().waitFor();
    },
  ],
  ['mappings', 'role-admin', () => '/access'],
  ['mapping', 'role-admin', () => itemPath],
  [
    'mapping-editor',
    'role-admin',
    () => itemPath,
    (page) => page.getByRole('button', { name: 'Redigér' }).click(),
  ],
  ['agreements', 'role-admin', () => '/access/agreements'],
  [
    'agreement-editor',
    'role-admin',
    () => '/access/item?kind=AGREEMENT&key=KSD',
    (page) => page.getByRole('button', { name: 'Redigér' }).click(),
  ],
  ['jumps', 'role-admin', () => '/access/jumps'],
  ['settings', 'role-admin', () => '/access/settings'],
  [
    'settings-editor',
    'role-admin',
    () => '/access/settings',
    (page) => page.getByRole('button', { name: 'Redigér' }).click(),
  ],
  [
    'simulator',
    'role-admin',
    () => '/access/simulator',
    async (page) => {
      await page.getByLabel('Medarbejderens navn').fill('user-benefit-caseworker');
      await page.getByRole('button', { name: 'Afprøv', exact: true }).click();
      await page.getByRole('heading', { name: 'Medarbejderen får adgang til' }).waitFor();
    },
  ],
  ['sources', 'role-admin', () => '/access/sources'],
  ['lifts', 'role-approver', () => '/access/lifts'],
  ['alert-groups', 'alert-admin', () => '/alert-groups'],
  [
    'alert-group-editor',
    'alert-admin',
    () => '/alert-groups',
    (page) => page.getByRole('button', { name: 'Ny advisgruppe' }).click(),
  ],
  [
    'family',
    'vip-cleared',
    (stack) => `/citizens/${stack.story('cash-benefit-family').citizenId}?tab=family`,
    async (page) => {
      for (const drawing of await page.getByText('Vis som tegning').all()) await drawing.click();
      await page.locator('[data-section="household"] svg').scrollIntoViewIfNeeded();
    },
  ],
  ['citizen-out-of-reach', 'benefit-caseworker', () => '/citizens/00000000-0000-4000-8000-000000000000'],
  ['inbox', 'benefit-caseworker', () => '/inbox'],
  [
    'log',
    'controller',
    () => '/log',
    async (page) => {
      await page.getByRole('button', { name: 'Kontrollér loggen' }).click();
      await page.getByText('Loggen er komplet.').waitFor();
    },
  ],
  ['statement', 'benefit-caseworker', () => '/statement'],
];

/** Every page, with what is looked at on it. */
export const SHOWN_PAGES: readonly ShownPage[] = ROWS.map(
  ([name, as, path, prepare = () => Promise.resolve()]) => ({ name, as, path, prepare }),
);
