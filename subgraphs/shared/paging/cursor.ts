import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { codedError } from '../errors/coded-error.js';

/** Where a row stands in a list: the values of its sort fields. */
export type Position = readonly (string | number | Date)[];

/** What a cursor is bound to, so that another caller or another list cannot use it. */
export interface CursorScope {
  readonly subject: string;
  readonly cvr: string;
  /** Name of the list and everything that narrows it. */
  readonly list: readonly unknown[];
}

const TAG_BYTES = 16;
const MAX_LENGTH = 512;

/** Dates travel as `{ at: milliseconds }`, so that the store compares them as dates again. */
const pack = (value: Position[number]) => (value instanceof Date ? { at: value.getTime() } : value);
const packed = z.array(z.union([z.string(), z.number(), z.object({ at: z.number() })]));
const unpack = (value: z.infer<typeof packed>[number]) =>
  typeof value === 'object' ? new Date(value.at) : value;

/** Opaque, signed cursors. */
export class CursorCodec {
  /** @param key secret of at least 32 bytes shared by the processes of one subgraph */
  constructor(readonly key: Buffer) {
    if (key.length < 32) throw new TypeError('the cursor key must have at least 32 bytes');
  }

  encode(position: Position, scope: CursorScope): string {
    const payload = Buffer.from(JSON.stringify(position.map(pack)));
    return Buffer.concat([this.#tag(payload, scope), payload]).toString('base64url');
  }

  /** @returns the position; throws CURSOR_INVALID for anything this caller did not get for this list. */
  decode(cursor: string, scope: CursorScope): Position {
    const bytes = cursor.length <= MAX_LENGTH ? Buffer.from(cursor, 'base64url') : Buffer.alloc(0);
    const payload = bytes.subarray(TAG_BYTES);
    if (payload.length === 0 || !timingSafeEqual(bytes.subarray(0, TAG_BYTES), this.#tag(payload, scope)))
      throw codedError('CURSOR_INVALID', {
        field: 'after',
        rule: 'a cursor of this list, as it was given out',
      });
    return packed.parse(JSON.parse(payload.toString())).map(unpack);
  }

  #tag(payload: Buffer, scope: CursorScope): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([scope.subject, scope.cvr, scope.list]))
      .update(payload)
      .digest()
      .subarray(0, TAG_BYTES);
  }
}
