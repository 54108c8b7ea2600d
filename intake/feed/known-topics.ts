import { LRUCache } from 'lru-cache';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';

const MAX_TOPICS = 20_000;
/** A topic that is taken out of the classification goes on being accepted this long. */
const AGE_MS = 10 * 60_000;

/** Which KLE topics the classification has; looked up in batches and remembered, misses not. */
export class KnownTopics {
  readonly #known = new LRUCache<string, true>({ max: MAX_TOPICS, ttl: AGE_MS });

  constructor(readonly ports: Pick<SubgraphPorts, 'access'>) {}

  /** @returns those of the numbers that the classification has. */
  async among(numbers: readonly string[]): Promise<ReadonlySet<string>> {
    const distinct = [...new Set(numbers)];
    const asked = distinct.filter((number) => !this.#known.has(number));
    if (asked.length > 0)
      for (const number of await this.ports.access.topics(asked)) this.#known.set(number, true);
    return new Set(distinct.filter((number) => this.#known.has(number)));
  }
}
