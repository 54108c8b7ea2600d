import { afterAll, beforeAll } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser, stopBrowser } from './browser.js';
import { startAllInOne, type Stack } from './stack.js';

/** Where pictures of pages go to be looked at; never committed. */
export const SCREENS = join(import.meta.dirname, '..', '..', 'screens');

/** The running system and the browser of a suite, from its first test on. */
export let stack: Stack;
export let browser: Browser;

/**
 * Gives a suite a running all-in-one and a real browser.
 * @param prepare what the suite does with them before its first test
 * @param start starts the browser, when it is not the usual one
 */
export function pageSuite(
  prepare: () => Promise<void> = () => Promise.resolve(),
  start: () => Promise<Browser> = startBrowser,
): void {
  beforeAll(async () => {
    mkdirSync(SCREENS, { recursive: true });
    [stack, browser] = await Promise.all([startAllInOne(), start()]);
    await prepare();
  }, 120_000);
  afterAll(async () => {
    await stopBrowser();
    await stack[Symbol.asyncDispose]();
  }, 60_000);
}
