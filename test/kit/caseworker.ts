import type { Page } from 'playwright-core';
import { must } from './administration.js';
import { signInBySaml } from './saml-sign-in.js';
import type { Stack } from './stack.js';

/**
 * Opens a page as a signed-in user: the browser is given the cookies of a sign-in that was made without its help, which
 * is less than half of the work. The way through the provider's pages is `clickThrough`, where that way is what is tested.
 */
export async function signInTo(
  page: Page,
  stack: Stack,
  path: string,
  as = 'benefit-caseworker',
): Promise<void> {
  const { agent } = await signInBySaml(stack, as, { back: path });
  const domain = new URL(stack.url).hostname;
  await page.context().addCookies(
    [...agent.cookies(stack.url)].map(([name, value]) => ({
      name,
      value,
      domain,
      path: name.endsWith('_refresh') ? '/session' : '/',
      httpOnly: true,
      secure: true,
      sameSite: name.endsWith('_refresh') ? ('Strict' as const) : ('Lax' as const),
    })),
  );
  await page.goto(`${stack.url}${path}`);
}

/** Signs in through the identity provider's pages, as a newcomer would, and waits for the page that was asked for. */
export async function clickThrough(
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
