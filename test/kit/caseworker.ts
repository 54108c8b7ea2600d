import type { Page } from 'playwright-core';
import type { Stack } from './stack.js';

/** Signs in through the identity provider, as a newcomer would, and waits for the page she was going to. */
export async function signInTo(
  page: Page,
  stack: Stack,
  path: string,
  as = 'benefit-caseworker',
): Promise<void> {
  await page.goto(`${stack.url}/saml/login?${new URLSearchParams({ return: path })}`);
  await page.getByRole('link', { name: 'Korsbæk Kommune' }).click();
  await page.getByRole('button', { name: new RegExp(`^${as}(?![\\w-])`) }).click();
  await page.waitForURL(`${stack.url}${path}`);
}

/** Waits until nothing on the page is still being fetched. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}
