import { chromium, type Browser, type Page } from 'playwright-core';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { startProgram, type Program } from './program.js';
import { measureAssets } from './assets.js';
import { deliverManyCases, measureScrolling } from './many-cases.js';
import { measureOpening, type Opened } from './opening.js';

/**
 * `npm run bench:web`: the page in a real browser over localhost, against a running all-in-one with the default seed. Prints what the page
 * asks for and writes bench-web-results.json.
 */
const PERSONS = 12;
const MANY = Number(process.env['BENCH_CASES'] ?? 5000);

async function signIn(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(`${url}/saml/login?return=/`);
  await page.getByRole('link', { name: 'Korsbæk Kommune' }).click();
  await page.getByRole('button', { name: /^vip-cleared(?![\w-])/ }).click();
  await page.waitForURL(`${url}/`);
  return page;
}

async function measure({ url, directory }: Program, browser: Browser) {
  const assets = await measureAssets(url);
  const page = await signIn(browser, url);
  const { stories } = (await (await fetch(`${url}/dev/directory`)).json()) as {
    stories: { slug: string; citizenId: string; cpr: string }[];
  };
  const opened: Opened[] = [];
  for (const { citizenId } of stories.slice(0, PERSONS)) opened.push(await measureOpening(page, citizenId));
  const many = stories.find(({ slug }) => slug === 'nothing-known')!;
  await deliverManyCases(url, directory, many.cpr, MANY);
  const scrolling = await measureScrolling(page, url, many.citizenId, MANY);
  return { assets, opened, scrolling };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const program = await startProgram();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
try {
  const { assets, opened, scrolling } = await measure(program, browser);
  // The first opening fetches what the page had not needed before.
  const [, ...later] = opened;
  const late = later.map(({ firstCardMs, slowestOperationMs }) => firstCardMs - slowestOperationMs);
  console.log(
    `bundle     ${assets.scriptGzipKb} kB script and ${assets.styleGzipKb} kB style at the start, gzip; sent as ${assets.sentAs}`,
  );
  console.log(
    `first card ${Math.round(median(later.map(({ firstCardMs }) => firstCardMs)))} ms after the click (median of ${later.length} persons), slowest operation ${Math.round(median(later.map(({ slowestOperationMs }) => slowestOperationMs)))} ms; first card minus slowest operation: median ${Math.round(median(late))} ms, most ${Math.round(Math.max(...late))} ms`,
  );
  console.log(
    `layout     moved by ${median(later.map(({ layoutShift }) => layoutShift))} (median), at most ${Math.max(...later.map(({ layoutShift }) => layoutShift))}; below 0.1 counts as good`,
  );
  console.log(
    `reuse      ${Math.max(...later.map(({ otherRequests }) => otherRequests))} requests other than operations when a further person is opened`,
  );
  console.log(
    `requests   largest ${Math.max(...opened.map(({ largestKb }) => largestKb), assets.largestKb, scrolling.largestKb)} kB`,
  );
  console.log(
    `scrolling  ${scrolling.seen} of ${MANY} cases seen, at most ${scrolling.mostRows} rows in the document; frames: median ${scrolling.frameMedianMs} ms, p95 ${scrolling.frameP95Ms} ms, over 50 ms ${scrolling.longFrames} of ${scrolling.frames}`,
  );
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  writeFileSync(
    'bench-web-results.json',
    `${JSON.stringify({ machine, assets, opened, scrolling }, null, 2)}\n`,
  );
} finally {
  await browser.close();
  program.stop();
}
process.exit(0);
