import { afterAll, beforeAll } from '@jest/globals';
import { join } from 'node:path';
import { Engine } from '../../store/embedded/engine.js';
import { temporaryDirectory } from './store.js';

/**
 * An engine of the embedded store over an empty data file, for all tests of a file.
 * @returns what gives it, once the tests run
 */
export function useEngine(): () => Engine {
  let engine: Engine;
  const directory = temporaryDirectory();
  beforeAll(() => {
    engine = new Engine({ path: join(directory.path, 'data'), maxBytes: 1 << 30 });
  });
  afterAll(async () => {
    await engine.close();
    directory.remove();
  });
  return () => engine;
}
