import type { Collection } from '../collection.js';
import type { Engine } from '../engine.js';

/** How JSON writes U+0000 and U+0001. A backslash before it makes it another text; then a collection is filed anew without need. */
const REWRITTEN = /\\u000[01]/;

/**
 * Version 1 wrote a NUL in a text so that the key of a shorter text could begin it: an index in descending order took the two for
 * one. Collections that hold such a text, of which Overblik itself writes none, are filed anew; all others stay as they are.
 */
export async function refileTextsWithNul(engine: Engine): Promise<void> {
  for (const collection of engine.all())
    if (holdsOne(collection)) await engine.change(() => collection.refile());
}

function holdsOne(collection: Collection): boolean {
  for (const handle of collection.handles())
    if (REWRITTEN.test(JSON.stringify(collection.doc(handle)))) return true;
  return false;
}
