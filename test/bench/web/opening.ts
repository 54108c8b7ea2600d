import type { Page } from 'playwright-core';

export interface Opened {
  /** From the click to the first card that has its answer. */
  readonly firstCardMs: number;
  /** The slowest operation asked meanwhile, from sending to its last byte. */
  readonly slowestOperationMs: number;
  readonly otherRequests: number;
  /** How much of the page moved while it was filled (Cumulative Layout Shift; below 0.1 counts as good). */
  readonly layoutShift: number;
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
    const watch = window as unknown as { shifted: number; observer?: PerformanceObserver };
    watch.observer?.disconnect();
    watch.shifted = 0;
    watch.observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        watch.shifted += (entry as PerformanceEntry & { readonly value: number }).value;
    });
    watch.observer.observe({ type: 'layout-shift' });
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
  const layoutShift = await page.evaluate(() => (window as unknown as { shifted: number }).shifted);
  const operations = entries.filter(({ name }) => name.endsWith('/graphql'));
  return {
    firstCardMs,
    slowestOperationMs: Math.max(...operations.map(({ duration }) => duration)),
    layoutShift: Math.round(layoutShift * 1000) / 1000,
    otherRequests: entries.length - operations.length,
    largestKb: Math.round(Math.max(...operations.map(({ encodedBodySize }) => encodedBodySize)) / 102.4) / 10,
  };
}
