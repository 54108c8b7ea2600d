import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  write,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { StoreError } from './errors.js';

const writeAt = promisify(write);
const syncData = promisify(fdatasync);

const MAGIC = Buffer.from('OVBSTOR1', 'latin1');
const HEADER = 8;
const CHUNK = 1 << 20;

/** What a frame says about its namespace; the body is one BSON document. */
export const FrameKind = {
  Put: 1,
  Delete: 2,
  CreateCollection: 3,
  DropCollection: 4,
  CreateIndex: 5,
  DropIndex: 6,
} as const;

export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

export interface Frame {
  readonly kind: FrameKind;
  readonly namespace: string;
  /** Offset of the body in the file; bodies stay there and are read by offset. */
  readonly bodyOffset: number;
  readonly body: Buffer;
}

interface Pending {
  readonly buffer: Buffer;
  readonly bodyOffset: number;
}

/**
 * Append-only data file: `[length][crc32][kind][ns length][namespace][body]` per frame. Appends are visible at once to
 * this process and durable when `durable()` resolves: waiting commands share one write and one fdatasync.
 */
export class Journal {
  #fd: number;
  #tail: number;
  #pending: Pending[] = [];
  readonly #unwritten = new Map<number, Buffer>();
  #flushing: Promise<void> | undefined;
  #failure: Error | undefined;

  private constructor(
    readonly path: string,
    readonly maxBytes: number,
    fd: number,
    tail: number,
  ) {
    this.#fd = fd;
    this.#tail = tail;
  }

  /**
   * Opens or creates the file, hands every whole frame to `replay` in order, and cuts a torn tail.
   * @param maxBytes size beyond which appends are refused (STORE_MAX_MB)
   */
  static open(path: string, maxBytes: number, replay: (frame: Frame) => void): Journal {
    const fd = existsSync(path) ? openSync(path, 'r+') : createFile(path);
    const tail = replayFrames(fd, replay);
    ftruncateSync(fd, tail);
    return new Journal(path, maxBytes, fd, tail);
  }

  get bytes(): number {
    return this.#tail;
  }

  /** Whether frames wait for the disk; the file may not be rewritten then. */
  get hasPending(): boolean {
    return this.#pending.length > 0 || this.#flushing !== undefined;
  }

  /** Appends a frame. @returns the offset of its body. Throws OutOfDiskSpace at the configured size. */
  append(kind: FrameKind, namespace: string, body: Uint8Array): number {
    this.#assertUsable(body.length);
    const buffer = encodeFrame(kind, namespace, body);
    const bodyOffset = this.#tail + buffer.length - body.length;
    this.#pending.push({ buffer, bodyOffset });
    if (kind === FrameKind.Put) this.#unwritten.set(bodyOffset, buffer.subarray(buffer.length - body.length));
    this.#tail += buffer.length;
    return bodyOffset;
  }

  /** Resolves when everything appended so far is on disk. */
  async durable(): Promise<void> {
    while (this.#pending.length > 0 || this.#flushing) {
      this.#flushing ??= this.#flush();
      await this.#flushing;
    }
    if (this.#failure) throw this.#closedError();
  }

  /** @returns a body that is not on disk yet. */
  unwritten(bodyOffset: number): Buffer | undefined {
    return this.#unwritten.get(bodyOffset);
  }

  /** @returns the body at an offset that `append` returned, once it is on disk. */
  read(bodyOffset: number, length: number): Buffer {
    // Not from the shared pool: a cached body would keep its whole slab alive.
    const body = Buffer.allocUnsafeSlow(length);
    const got = readSync(this.#fd, body, 0, length, bodyOffset);
    if (got !== length) throw new Error(`data file ends inside a record at offset ${bodyOffset}`);
    return body;
  }

  /** Replaces the file by the frames of `live` (same order), atomically: written aside, synced, renamed. */
  rewrite(
    live: Iterable<{
      kind: FrameKind;
      namespace: string;
      body: Uint8Array;
      moved?: (offset: number) => void;
    }>,
  ): void {
    const temporary = `${this.path}.compacting`;
    const fd = createFile(temporary, 'w+');
    let tail = MAGIC.length;
    for (const frame of live) {
      const buffer = encodeFrame(frame.kind, frame.namespace, frame.body);
      writeAllSync(fd, buffer, tail);
      tail += buffer.length;
      frame.moved?.(tail - frame.body.length);
    }
    fsyncSync(fd);
    renameSync(temporary, this.path);
    syncDirectory(dirname(this.path));
    closeSync(this.#fd);
    this.#fd = fd;
    this.#tail = tail;
  }

  async close(): Promise<void> {
    await this.durable().catch(() => undefined);
    this.#failure ??= new Error('closed');
    closeSync(this.#fd);
  }

  async #flush(): Promise<void> {
    // One turn of the loop, so that commands of the same turn share the write.
    await new Promise(setImmediate);
    const batch = this.#pending;
    this.#pending = [];
    try {
      await this.#writeBatch(batch);
    } catch (error) {
      // Memory is now ahead of the disk: nothing may be answered from it any more.
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.#pending = [];
    } finally {
      this.#flushing = undefined;
    }
  }

  async #writeBatch(batch: readonly Pending[]): Promise<void> {
    const bytes = Buffer.concat(batch.map((pending) => pending.buffer));
    const total = batch.reduce((sum, pending) => sum + pending.buffer.length, 0);
    const end = batch.length === 0 ? this.#tail : batch.at(-1)!.bodyOffset + bodyLength(batch.at(-1)!);
    for (let done = 0; done < total;) {
      const { bytesWritten } = await writeAt(this.#fd, bytes, done, total - done, end - total + done);
      done += bytesWritten;
    }
    await syncData(this.#fd);
    for (const pending of batch) this.#unwritten.delete(pending.bodyOffset);
  }

  #assertUsable(more: number): void {
    if (this.#failure) throw this.#closedError();
    if (this.#tail + more > this.maxBytes)
      throw new StoreError(
        'OutOfDiskSpace',
        'the embedded store is full (STORE_MAX_MB); set MONGODB_URI to use MongoDB',
      );
  }

  #closedError(): StoreError {
    return new StoreError(
      'ShutdownInProgress',
      'the data file could not be written; the store answers nothing more',
    );
  }

  /** Throws when an earlier write failed: what memory holds may not be on disk. */
  assertAlive(): void {
    if (this.#failure) throw this.#closedError();
  }
}

/** @returns the bytes a frame takes beside its body. */
export function frameOverhead(namespace: string): number {
  return HEADER + 3 + Buffer.byteLength(namespace);
}

function bodyLength(pending: Pending): number {
  const nsLength = pending.buffer.readUInt16LE(HEADER + 1);
  return pending.buffer.length - HEADER - 3 - nsLength;
}

function createFile(path: string, flags = 'wx+'): number {
  const fd = openSync(path, flags, 0o600);
  writeAllSync(fd, MAGIC, 0);
  fsyncSync(fd);
  syncDirectory(dirname(path));
  return fd;
}

function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

function encodeFrame(kind: FrameKind, namespace: string, body: Uint8Array): Buffer {
  const nsLength = Buffer.byteLength(namespace);
  const frame = Buffer.allocUnsafe(HEADER + 3 + nsLength + body.length);
  frame.writeUInt32LE(frame.length - HEADER, 0);
  frame.writeUInt8(kind, HEADER);
  frame.writeUInt16LE(nsLength, HEADER + 1);
  frame.write(namespace, HEADER + 3, 'utf8');
  frame.set(body, HEADER + 3 + nsLength);
  frame.writeUInt32LE(crc32(frame.subarray(HEADER)), 4);
  return frame;
}

function frameKind(byte: number): FrameKind {
  const kind = Object.values(FrameKind).find((one) => one === byte);
  if (kind === undefined) throw new Error(`the data file holds an unknown kind of frame: ${byte}`);
  return kind;
}

/** @returns the end of the last whole frame. */
function replayFrames(fd: number, replay: (frame: Frame) => void): number {
  const reader = new ForwardReader(fd);
  if (!reader.peek(0, MAGIC.length)?.equals(MAGIC)) throw new Error('not an Overblik data file');
  let at = MAGIC.length;
  for (;;) {
    const head = reader.peek(at, HEADER);
    const payload = head && reader.peek(at + HEADER, head.readUInt32LE(0));
    if (!head || !payload || payload.length < 3 || crc32(payload) !== head.readUInt32LE(4)) return at;
    const nsLength = payload.readUInt16LE(1);
    replay({
      kind: frameKind(payload.readUInt8(0)),
      namespace: payload.toString('utf8', 3, 3 + nsLength),
      bodyOffset: at + HEADER + 3 + nsLength,
      body: payload.subarray(3 + nsLength),
    });
    at += HEADER + payload.length;
  }
}

/** Reads forward through a file in chunks, so that memory stays flat whatever the file's size. */
class ForwardReader {
  #start = 0;
  #buffer = Buffer.alloc(0);
  constructor(readonly fd: number) {}

  peek(offset: number, length: number): Buffer | undefined {
    if (offset + length > this.#start + this.#buffer.length) this.#load(offset, length);
    const from = offset - this.#start;
    return from + length <= this.#buffer.length ? this.#buffer.subarray(from, from + length) : undefined;
  }

  #load(offset: number, length: number): void {
    if (length > 1 << 30) return;
    const buffer = Buffer.allocUnsafe(Math.max(CHUNK, length));
    const got = readSync(this.fd, buffer, 0, buffer.length, offset);
    this.#start = offset;
    this.#buffer = buffer.subarray(0, got);
  }
}

function writeAllSync(fd: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
}
