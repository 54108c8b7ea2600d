import type { Page } from 'playwright-core';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { systemId } from '../../../seed/source-systems.js';
import { manyCases } from '../../kit/many-cases.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';

export interface ScrollingMeasured {
  readonly seen: number;
  readonly mostRows: number;
  readonly frames: number;
  readonly frameMedianMs: number;
  readonly frameP95Ms: number;
  readonly longFrames: number;
  readonly largestKb: number;
}

/** Delivers cases of one person, as KY does. */
export async function deliverManyCases(
  url: string,
  directory: string,
  cpr: string,
  count: number,
): Promise<void> {
  const { sourceSystems } = await developmentKeys(directory);
  const lines = manyCases(cpr, count).map((record) => JSON.stringify(record));
  const response = await fetch(`${url}/feed/v1/records`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      authorization: `Bearer ${await makeAssertion(systemId('KY'), sourceSystems, 'overblik-feed', new Date())}`,
    },
    body: lines.join('\n'),
  });
  const { accepted } = (await response.json()) as { accepted: number };
  if (accepted !== count) throw new Error(`${accepted} of ${count} cases were taken`);
}

/** Scrolls the person's cases from the first to the last, and times the frames. */
export async function measureScrolling(
  page: Page,
  url: string,
  citizenId: string,
  count: number,
): Promise<ScrollingMeasured> {
  await page.goto(`${url}/citizens/${citizenId}?tab=cases`);
  const card = page.locator('[data-section="cases"]');
  await card.getByRole('button', { name: 'Vis flere' }).click();
  await card.locator('.windowed').waitFor();
  const { frames, ...rest } = await page.evaluate(scrollThrough, count);
  const sorted = [...frames].sort((a, b) => a - b);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return {
    ...rest,
    frames: frames.length,
    frameMedianMs: round(sorted[frames.length >> 1] ?? 0),
    frameP95Ms: round(sorted[Math.floor(frames.length * 0.95)] ?? 0),
    longFrames: frames.filter((ms) => ms > 50).length,
  };
}

/** Runs in the page: scrolls a little in every frame until every case has been in the document. */
async function scrollThrough(
  count: number,
): Promise<{ frames: number[]; seen: number; mostRows: number; largestKb: number }> {
  performance.clearResourceTimings();
  performance.setResourceTimingBufferSize(1000);
  const list = document.querySelector<HTMLElement>('[data-section="cases"] .windowed')!;
  const seen = new Set<string>();
  const frames: number[] = [];
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  let mostRows = 0;
  let before = await nextFrame();
  const giveUp = before + 240_000;
  while (seen.size < count && before < giveUp) {
    list.scrollTop += 240;
    const now = await nextFrame();
    frames.push(now - before);
    before = now;
    const rows = list.querySelectorAll('tbody tr:not(.spacer)');
    mostRows = Math.max(mostRows, rows.length);
    for (const row of rows) seen.add(row.children[1]?.textContent ?? '');
  }
  const sizes = performance
    .getEntriesByType('resource')
    .map((entry) => (entry as PerformanceResourceTiming).encodedBodySize);
  return { frames, seen: seen.size, mostRows, largestKb: Math.round(Math.max(0, ...sizes) / 102.4) / 10 };
}
