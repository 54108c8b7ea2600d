import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { decode } from '../collection.js';
import type { Engine } from '../engine.js';
import type { IndexSpec } from '../ordered-index.js';

/** Version 0.1.0 kept records in a file of frames: `[length][crc32][kind][ns length][namespace][body]`. It is read here and never written. */
const MAGIC = 'OVBSTOR1';
const HEAD_BYTES = 8;
const MOST_FRAME_BYTES = 1 << 30;
const KIND = { put: 1, delete: 2, createCollection: 3, dropCollection: 4, createIndex: 5, dropIndex: 6 };
/** Frames brought over in one change. */
const BATCH = 500;

interface Frame {
  readonly kind: number;
  readonly namespace: string;
  readonly body: Buffer;
}

/** Raised when a frame of the old file is damaged: what stands behind it would be lost without a word. */
class OldDataFileDamaged extends Error {
  constructor(path: string, at: number) {
    super(
      `${path} is damaged at byte ${at}: nothing was brought over; restore it from a copy, or move it away to begin anew`,
    );
    this.name = 'OldDataFileDamaged';
  }
}

/**
 * Brings the records of an old data file over, once; afterwards it bears the name `<path>.brought-over`. One that was broken off is
 * begun anew. Throws OldDataFileDamaged before anything is brought over.
 * @returns how many records there are now; undefined when there is no old file
 */
export async function bringOldFileOver(engine: Engine, path: string): Promise<number | undefined> {
  if (!existsSync(path)) return undefined;
  const fd = openSync(path, 'r');
  try {
    for (const _ of framesOf(fd, path));
    await engine.change(() => {
      for (const database of engine.databases())
        for (const namespace of engine.namespaces(database)) engine.dropCollection(namespace);
    });
    let batch: Frame[] = [];
    const bring = async () => {
      const frames = batch;
      batch = [];
      await engine.change(() => frames.forEach((frame) => apply(engine, frame)));
    };
    for (const frame of framesOf(fd, path)) {
      batch.push({ ...frame, body: Buffer.from(frame.body) });
      if (batch.length === BATCH) await bring();
    }
    await bring();
  } finally {
    closeSync(fd);
  }
  renameSync(path, `${path}.brought-over`);
  return engine.stats().records;
}

function apply(engine: Engine, { kind, namespace, body }: Frame): void {
  if (kind === KIND.dropCollection) return void engine.dropCollection(namespace);
  const collection = engine.ensureCollection(namespace);
  // cast: an earlier version of the store has checked what it wrote
  if (kind === KIND.createIndex) engine.createIndex(namespace, decode(body) as unknown as IndexSpec);
  if (kind === KIND.dropIndex) engine.dropIndex(namespace, String(decode(body)['name']));
  if (kind !== KIND.put && kind !== KIND.delete) return;
  const doc = decode(body);
  const handle = collection.handleOf(doc['_id']);
  if (handle === undefined) {
    if (kind === KIND.put) collection.insert(doc);
  } else if (kind === KIND.put) collection.replace(handle, collection.doc(handle), doc, body);
  else collection.remove(handle, collection.doc(handle));
}

function* framesOf(fd: number, path: string): Generator<Frame> {
  if (read(fd, 0, MAGIC.length).toString('latin1') !== MAGIC) throw new OldDataFileDamaged(path, 0);
  const { size } = fstatSync(fd);
  for (let at = MAGIC.length; ;) {
    const head = read(fd, at, HEAD_BYTES);
    if (head.length === 0) return;
    const length = head.length === HEAD_BYTES ? head.readUInt32LE(0) : 0;
    const end = at + HEAD_BYTES + length;
    // What a killed process was writing, and had promised nobody, is left out.
    if (head.length < HEAD_BYTES || end > size) return;
    const payload = length >= 3 && length <= MOST_FRAME_BYTES ? read(fd, at + HEAD_BYTES, length) : undefined;
    if (!payload || crc32(payload) !== head.readUInt32LE(4)) {
      if (end === size) return;
      throw new OldDataFileDamaged(path, at);
    }
    const bodyAt = 3 + payload.readUInt16LE(1);
    yield {
      kind: payload.readUInt8(0),
      namespace: payload.toString('utf8', 3, bodyAt),
      body: payload.subarray(bodyAt),
    };
    at = end;
  }
}

/** @returns as many bytes as there are. */
function read(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  return buffer.subarray(0, readSync(fd, buffer, 0, length, at));
}
