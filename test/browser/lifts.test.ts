import { expect, test } from '@jest/globals';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { settled, signInTo } from '../kit/caseworker.js';
import { browser, pageSuite, stack } from '../kit/page-suite.js';

pageSuite();

test('a caseworker breaks the glass for a person with a reason; somebody else reviews it', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, `/citizens/${stack.story('child-at-risk').citizenId}`);
  await settled(page);
  await page.getByRole('button', { name: 'Brug nødadgang' }).click();
  await page.getByLabel('Begrundelse').fill('Kort');
  await page.getByRole('button', { name: 'Brug nødadgang' }).click();
  // The browser holds back what is too short; nothing has been sent.
  expect(await page.getByLabel('Begrundelse').inputValue()).toBe('Kort');
  await page.getByLabel('Begrundelse').fill('Akut henvendelse ved skranken.');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Brug nødadgang' }).click();
  await page.getByText(/^Nødadgangen gælder til/).waitFor();

  await using reviewing = await openPage(browser);
  const review = reviewing.page;
  await signInTo(review, stack, '/access/lifts', 'role-approver');
  // The name stands there once it is known: the user's id is what the page begins with.
  const lift = review
    .getByRole('region', { name: /^Nødadgang af / })
    .filter({ hasText: 'Akut henvendelse ved skranken.' });
  await lift.getByText('Akut henvendelse ved skranken.').waitFor();
  await lift.getByLabel('Vurdering', { exact: true }).selectOption('JUSTIFIED');
  await lift.getByLabel('Begrundelse for vurderingen').fill('Skranken bekræfter henvendelsen.');
  expect(await axeFindings(review)).toEqual([]);
  await lift.getByRole('button', { name: 'Afslut gennemgangen' }).click();
  await lift.waitFor({ state: 'detached' });
  await review.getByLabel('Kun dem, der venter på gennemgang').uncheck();
  await lift.getByText('Berettiget').waitFor();
}, 60_000);
