import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** @returns the path of a built program under dist/; `pretest` has built it. */
export function builtFile(path: string): string {
  const file = join(ROOT, 'dist', path);
  if (!existsSync(file)) throw new Error(`${path} is not built; run npm run build`);
  return file;
}
