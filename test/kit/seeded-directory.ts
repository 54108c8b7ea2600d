import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtFile } from './processes.js';
import { temporaryDirectory } from './store.js';

/** Beside the build it was made by: a new build begins without any. */
const TEMPLATES = join(dirname(builtFile('.stamp')), 'seeded');

/**
 * A data directory that a first start has seeded: made once for this build, day and size, by the product itself, and
 * copied for each stack that asks. That a first start works is shown by test/e2e/start.
 * @param make starts the product on an empty directory, waits until it is ready, and stops it
 */
export async function seededDirectory(
  citizens: number,
  make: (directory: string) => Promise<void>,
): Promise<{ path: string; remove: () => void }> {
  const day = new Date().toISOString().slice(0, 10);
  const template = join(TEMPLATES, `${day}-${citizens}`);
  if (!existsSync(template)) await makeTemplate(template, day, make);
  const fresh = temporaryDirectory();
  cpSync(template, fresh.path, { recursive: true });
  return fresh;
}

async function makeTemplate(
  template: string,
  day: string,
  make: (directory: string) => Promise<void>,
): Promise<void> {
  mkdirSync(TEMPLATES, { recursive: true });
  for (const name of readdirSync(TEMPLATES))
    if (!name.startsWith(day) && !name.startsWith('making-'))
      rmSync(join(TEMPLATES, name), { recursive: true });
  const own = mkdtempSync(join(TEMPLATES, 'making-'));
  await make(own);
  try {
    renameSync(own, template);
  } catch {
    // Another run made the same one first.
    rmSync(own, { recursive: true, force: true });
  }
}
