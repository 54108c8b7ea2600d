import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Bounds of one delivery. A sender splits what is larger. */
export const DELIVERY_LIMITS = { bytes: 64 << 20, lineBytes: 512 << 10, records: 10_000 } as const;

/** Why a delivery could not be read to its end; what stood before is handled. */
export type BrokenDelivery =
  'TOO_LARGE' | 'TOO_MANY' | 'LINE_TOO_LONG' | 'NOT_GZIP' | 'NOT_UTF8' | 'NOT_JSON' | 'CUT_OFF';

export class DeliveryError extends Error {
  constructor(readonly problem: BrokenDelivery) {
    super(problem);
    this.name = 'DeliveryError';
  }
}

export type DeliveryForm = 'ndjson' | 'json';

/**
 * Reads the records of a delivery one text at a time, so that memory does not grow with the body. A JSON array is cut
 * into its elements while it is read.
 * @throws DeliveryError at the place where the body breaks a bound or ends too soon
 */
export async function* readRecordTexts(
  body: Readable,
  form: DeliveryForm,
  gzip: boolean,
): AsyncGenerator<string> {
  const cut = form === 'json' ? new ArrayCutter() : new LineCutter();
  let records = 0;
  for await (const text of decoded(body, gzip)) {
    for (const record of cut.take(text)) {
      if (++records > DELIVERY_LIMITS.records) throw new DeliveryError('TOO_MANY');
      yield record;
    }
    if (cut.pending > DELIVERY_LIMITS.lineBytes) throw new DeliveryError('LINE_TOO_LONG');
  }
  yield* cut.end();
}

/** The body as text: unpacked, bounded, and strictly UTF-8. */
async function* decoded(body: Readable, gzip: boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const source = gzip ? body.pipe(createGunzip()) : body;
  const received: AsyncIterable<Buffer> = source;
  // An abort of the sender would otherwise leave the unpacker waiting for ever.
  if (gzip) body.once('error', (error) => source.destroy(error));
  let bytes = 0;
  try {
    for await (const chunk of received) {
      bytes += chunk.length;
      if (bytes > DELIVERY_LIMITS.bytes) throw new DeliveryError('TOO_LARGE');
      yield decode(decoder, chunk);
    }
    yield decode(decoder);
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    throw new DeliveryError(gzip ? 'NOT_GZIP' : 'CUT_OFF');
  }
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new DeliveryError('NOT_UTF8');
  }
}

/** Cuts text into lines; empty ones are passed over. */
class LineCutter {
  #rest = '';

  get pending(): number {
    return this.#rest.length;
  }

  take(text: string): string[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  }

  end(): string[] {
    const last = this.#rest.trim();
    return last === '' ? [] : [last];
  }
}

/** Cuts a JSON array into the texts of its elements, which must be objects. */
class ArrayCutter {
  #element = '';
  #depth = 0;
  #inText = false;
  #escaped = false;
  #state: 'before' | 'inside' | 'after' = 'before';

  get pending(): number {
    return this.#element.length;
  }

  take(text: string): string[] {
    const done: string[] = [];
    for (const character of text) {
      if (this.#depth > 0) this.#within(character, done);
      else this.#between(character);
    }
    return done;
  }

  end(): string[] {
    if (this.#state !== 'after') throw new DeliveryError('CUT_OFF');
    return [];
  }

  #within(character: string, done: string[]): void {
    this.#element += character;
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = this.#inText;
    else if (character === '"') this.#inText = !this.#inText;
    else if (!this.#inText && (character === '{' || character === '[')) this.#depth++;
    else if (!this.#inText && (character === '}' || character === ']') && --this.#depth === 0) {
      done.push(this.#element);
      this.#element = '';
    }
  }

  #between(character: string): void {
    if (/\s/.test(character)) return;
    if (this.#state === 'before' && character === '[') this.#state = 'inside';
    else if (this.#state === 'inside' && character === ']') this.#state = 'after';
    else if (this.#state === 'inside' && character === '{') {
      this.#element = character;
      this.#depth = 1;
    } else if (this.#state !== 'inside' || character !== ',') throw new DeliveryError('NOT_JSON');
  }
}
