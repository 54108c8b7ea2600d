import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import { makeFamily } from './family.js';
import { lifeOf } from './life.js';
import type { World } from './person.js';

/**
 * Generates citizens family by family. Memory stays flat: a family is forgotten once it is handed out.
 * @param citizens how many persons, at least
 */
export function* generateFamilies(
  world: World,
  citizens: number,
): Generator<{ persons: number; records: FeedInput[] }> {
  for (let made = 0; made < citizens;) {
    const family = makeFamily(world);
    made += family.length;
    yield {
      persons: family.length,
      records: [...family, ...family.flatMap((person) => lifeOf(world, person))],
    };
  }
}
