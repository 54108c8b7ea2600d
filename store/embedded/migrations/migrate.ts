import type { Engine } from '../engine.js';
import { bringOldFileOver } from './001-records-in-lmdb.js';
import { refileTextsWithNul } from './002-texts-with-nul.js';

/** One step of the data, to the version that its file is numbered by. */
export interface Migration {
  readonly to: number;
  /** One that was broken off is run again from its start, over what it has done: it must come to the same. */
  readonly run: (engine: Engine) => Promise<void>;
}

/** What came after 001, which brought the records into the file that bears the mark. In order, one for each version; none is ever taken out. */
const MIGRATIONS: readonly Migration[] = [{ to: 2, run: refileTextsWithNul }];

/**
 * Brings the data of an earlier version up to this one, before anybody is answered. The mark follows each step, on disk before the next begins.
 * @param oldPath data file of version 0.1.0, if there may be one
 * @returns records that came from there; undefined when there was none
 */
export async function migrate(
  engine: Engine,
  oldPath: string | undefined,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number | undefined> {
  const broughtOver = oldPath === undefined ? undefined : await bringOldFileOver(engine, oldPath);
  for (const { to, run } of migrations) {
    if (to <= engine.version) continue;
    await run(engine);
    await engine.change(() => engine.markVersion(to));
  }
  return broughtOver;
}
