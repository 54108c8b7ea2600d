import type { Page } from 'playwright-core';
import { must } from './administration.js';
import type { Stack } from './stack.js';

/** Signs in through the identity provider, as a newcomer would, and waits for the page that was asked for. */
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

/** @returns the page of the sickness-benefit story's person, opened from the case in KSD. */
export async function ksdCasePath(stack: Stack): Promise<string> {
  const { citizenId } = stack.story('sickness-benefit');
  const query = `query Cases($id: ID!) { citizen(id: $id) { cases { cases(filter: { sourceSystems: ["KSD"] }) { edges { node { id } } } } } }`;
  const { data } = await must(stack, 'benefit-caseworker', query, { id: citizenId });
  return `/citizens/${citizenId}?case=${data.citizen.cases.cases.edges[0].node.id}`;
}
