import { LRUCache } from 'lru-cache';
import type { FrameKind, Journal } from './journal.js';

const BODY_AGE_MS = 10 * 60_000;

/** Record bodies: appended to the journal, read back by offset through a cache bounded in bytes and age. */
export class Bodies {
  readonly #cache: LRUCache<number, Buffer>;
  #journal: Journal | undefined;

  /** @param cacheBytes most bytes of bodies kept in memory */
  constructor(cacheBytes: number) {
    this.#cache = new LRUCache({
      maxSize: cacheBytes,
      sizeCalculation: (body) => body.length + 64,
      ttl: BODY_AGE_MS,
    });
  }

  attach(journal: Journal): void {
    this.#journal = journal;
  }

  append(kind: FrameKind, namespace: string, body: Uint8Array): number {
    return this.journal.append(kind, namespace, body);
  }

  read(offset: number, length: number): Buffer {
    const cached = this.#cache.get(offset);
    if (cached) return cached;
    const waiting = this.journal.unwritten(offset);
    if (waiting) return waiting;
    const body = this.journal.read(offset, length);
    this.#cache.set(offset, body);
    return body;
  }

  evict(offset: number): void {
    this.#cache.delete(offset);
  }

  /** Forgets everything: offsets changed by compaction. */
  clear(): void {
    this.#cache.clear();
  }

  get cachedBytes(): number {
    return this.#cache.calculatedSize;
  }

  get journal(): Journal {
    if (!this.#journal) throw new Error('bodies used before the journal was opened');
    return this.#journal;
  }
}
