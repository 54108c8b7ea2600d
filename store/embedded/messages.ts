import { messageLength } from './wire.js';

/**
 * Cuts a stream of bytes into whole messages. Chunks are kept as they come and joined once per message, so that a
 * large message costs what it holds, however small its pieces are.
 */
export class Messages {
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Length of the message that is coming; undefined until its first four bytes are there. */
  #wanted: number | undefined;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** @returns the next whole message, or undefined when it is not all there. Throws BrokenFrame at a bad length. */
  next(): Buffer | undefined {
    if (this.#bytes < 4) return undefined;
    this.#wanted ??= messageLength(this.#first(4));
    if (this.#wanted === undefined || this.#bytes < this.#wanted) return undefined;
    const all = this.#joined();
    const message = all.subarray(0, this.#wanted);
    this.#keep(all.subarray(this.#wanted));
    return message;
  }

  /** @returns a buffer that begins with the first `count` bytes at least. */
  #first(count: number): Buffer {
    const first = this.#chunks[0];
    return first && first.length >= count ? first : this.#joined();
  }

  #joined(): Buffer {
    const first = this.#chunks[0];
    const all = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
    this.#wanted = undefined;
  }
}
