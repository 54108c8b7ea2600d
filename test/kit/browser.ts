import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** A real Chromium, and every address, header and cookie it was seen with. */
export interface Recorded {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything a browser, a proxy or a server log would have kept of the walk. */
  readonly seen: string[];
  [Symbol.asyncDispose](): Promise<void>;
}

const WHOLE = '/usr/bin/chromium';
/** The same browser without windows, which opens a page in half of the work. */
const WINDOWLESS = '/usr/bin/chromium-headless-shell';

let shared: Promise<Browser> | undefined;

/** Starts Debian's Chromium, once for a suite. */
export function startBrowser(): Promise<Browser> {
  return launch(existsSync(WINDOWLESS) ? WINDOWLESS : WHOLE);
}

/** Starts the whole Chromium, for what its history and its tabs do. */
export function startWholeBrowser(): Promise<Browser> {
  return launch(WHOLE);
}

function launch(executablePath: string): Promise<Browser> {
  shared ??= chromium.launch({
    executablePath,
    // Tests run as root in a container of their own, with little shared memory.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  return shared;
}

export async function stopBrowser(): Promise<void> {
  await (await shared)?.close();
  shared = undefined;
}

/** @returns a page of a browser nobody has used, whose requests are recorded. */
export async function openPage(browser: Browser): Promise<Recorded> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'da-DK' });
  // What is not there after this long is not coming; a failed test should say so soon.
  context.setDefaultTimeout(30_000);
  const seen: string[] = [];
  context.on('request', (request) => {
    seen.push(request.url(), request.headers()['referer'] ?? '');
  });
  context.on('response', (response) => {
    seen.push(response.headers()['location'] ?? '');
  });
  const page = await context.newPage();
  page.on('framenavigated', (frame) => seen.push(frame.url()));
  return {
    page,
    context,
    seen,
    async [Symbol.asyncDispose]() {
      await context.close();
    },
  };
}
