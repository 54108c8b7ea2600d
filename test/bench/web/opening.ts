import type { Page } from 'playwright-core';

export interface Opened {
  /** From the click to the first card that has its answer. */
  readonly firstCardMs: number;
  /** The slowest operation asked meanwhile, from sending to its last byte. */
  readonly slowestOperationMs: number;
  readonly otherRequests: number;
  /** Largest answer of an operation. */
  readonly largestKb: number;
}

/** Opens a person from the search page, in the running page, as a caseworker does. */
export async function measureOpening(page: Page, citizenId: string): Promise<Opened> {
  await page.evaluate(() => {
    history.pushState(null, '', '/');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await page.locator('#search').waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  const firstCardMs = await page.evaluate(async (id) => {
    performance.clearResourceTimings();
    performance.setResourceTimingBufferSize(1000);
    const begun = performance.now();
    history.pushState(null, '', `/citizens/${id}`);
    dispatchEvent(new PopStateEvent('popstate'));
    for (;;) {
      if (document.querySelector('[data-section][data-outcome]')) return performance.now() - begun;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, citizenId);
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  const entries = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((entry) => entry as PerformanceResourceTiming)
      .map(({ name, duration, encodedBodySize }) => ({ name, duration, encodedBodySize })),
  );
  const operations = entries.filter(({ name }) => name.endsWith('/graphql'));
  return {
    firstCardMs,
    slowestOperationMs: Math.max(...operations.map(({ duration }) => duration)),
    otherRequests: entries.length - operations.length,
    largestKb: Math.round(Math.max(...operations.map(({ encodedBodySize }) => encodedBodySize)) / 102.4) / 10,
  };
}
