import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { settled, signInTo } from '../kit/caseworker.js';
import { browser, pageSuite, SCREENS, stack } from '../kit/page-suite.js';

const MANY = 40;

/** Gives the person of a story a name of 200 letters without a space to break at, and many long remarks. */
async function overfill(citizenId: string): Promise<void> {
  const { store } = stack.gateway;
  const citizens = store.database('citizens').collection<{ _id: string }>('citizens');
  await citizens.updateOne({ _id: citizenId }, { $set: { name: 'Å'.repeat(200) } });
  const remarks = store.database('citizens').collection<{ _id: string; text: string }>('remarks');
  const sample = (await remarks.findOne({ citizenId }))!;
  await remarks.insertMany(
    Array.from({ length: MANY - 1 }, (_, i) => ({
      ...sample,
      _id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      text: `${sample.text} `.repeat(5),
    })),
  );
}

pageSuite(() => overfill(stack.story('every-system').citizenId));

test('a name of 200 letters and forty remarks leave the first screen its cases, and nothing runs over the edge', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, `/citizens/${stack.story('every-system').citizenId}`, 'vip-cleared');
  await settled(page);
  expect(await page.locator('.remarks li').count()).toBe(MANY);
  for (const [width, height] of [
    [1280, 800],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect({ width, over }).toEqual({ width, over: 0 });
    expect({ width, findings: await axeFindings(page) }).toEqual({ width, findings: [] });
    await page.screenshot({ path: join(SCREENS, `person-edges-${width}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  expect((await page.locator('[data-section="cases"] h2').boundingBox())!.y).toBeLessThan(800);
}, 60_000);
