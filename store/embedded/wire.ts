import { Code, DBRef, deserialize, serialize } from 'bson';
import { StoreError } from './errors.js';

/** MongoDB wire protocol: OP_MSG, and the OP_QUERY handshake with which drivers open a connection. */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits that a server must understand; the upper half may be ignored. */
const REQUIRED_BITS = 0xffff;
const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;
const CHECKSUM_BYTES = 4;
/** Length and end of an empty document. */
const LEAST_DOCUMENT_BYTES = 5;
const MAX_SEQUENCE_NAME_BYTES = 64;
const MAX_SEQUENCE_DOCUMENTS = 100_000;
/** MongoDB's own bound for documents; commands wrap theirs in a few more. */
const MAX_DEPTH = 200;

export interface Envelope {
  readonly requestId: number;
  /** The client waits for no answer (`moreToCome`). */
  readonly oneWay: boolean;
  readonly handshake: boolean;
}

/** The bytes are no message at all: nothing can be answered, the connection ends. */
export class BrokenFrame extends Error {
  constructor(what: string) {
    super(`a message that cannot be read: ${what}`);
    this.name = 'BrokenFrame';
  }
}

/**
 * @param buffer the first bytes of a message
 * @returns its length, or undefined when fewer than four bytes are there. Throws BrokenFrame when it is out of range.
 */
export function messageLength(buffer: Buffer): number | undefined {
  if (buffer.length < 4) return undefined;
  const length = buffer.readInt32LE(0);
  if (length < HEADER_BYTES + LEAST_DOCUMENT_BYTES || length > MAX_MESSAGE_BYTES)
    throw new BrokenFrame('its length is out of range');
  return length;
}

/** Reads the head of one whole message. Throws BrokenFrame on anything but OP_MSG and the OP_QUERY handshake. */
export function readEnvelope(message: Buffer): Envelope {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_QUERY) return { requestId, oneWay: false, handshake: true };
  if (opCode !== OP_MSG) throw new BrokenFrame('its kind is unknown');
  const oneWay = (message.readUInt32LE(HEADER_BYTES) & MORE_TO_COME) !== 0;
  return { requestId, oneWay, handshake: false };
}

/**
 * @returns the command in a message whose envelope was read. Throws StoreError InvalidBSON or InvalidLength: every
 * length is checked against what is there before it is used.
 */
export function readCommand(message: Buffer, { handshake }: Envelope): Record<string, unknown> {
  return handshake ? readQuery(message) : readSections(message);
}

function readQuery(message: Buffer): Record<string, unknown> {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd < 0) throw invalid('a collection name without an end');
  return documentAt(message, nameEnd + 1 + 8, message.length).document;
}

function readSections(message: Buffer): Record<string, unknown> {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_BITS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) throw invalid('an unknown flag');
  const end = message.length - (flags & CHECKSUM_PRESENT ? CHECKSUM_BYTES : 0);
  let body: Record<string, unknown> | undefined;
  const sequences = new Map<string, unknown[]>();
  for (let at = HEADER_BYTES + 4; at < end;) {
    const kind = message[at];
    if (kind === 0) {
      if (body !== undefined) throw invalid('two bodies');
      const read = documentAt(message, at + 1, end);
      body = read.document;
      at = read.end;
    } else if (kind === 1) {
      at = readSequence(message, at + 1, end, sequences);
    } else throw invalid('an unknown kind of section');
  }
  if (body === undefined) throw invalid('no body');
  for (const name of sequences.keys())
    if (Object.hasOwn(body, name)) throw invalid('a sequence that is in the body as well');
  return { ...body, ...Object.fromEntries(sequences) };
}

/** Reads one sequence of documents into `sequences`. @returns where it ends */
function readSequence(message: Buffer, at: number, limit: number, sequences: Map<string, unknown[]>): number {
  const end = at + lengthAt(message, at, limit);
  const nameEnd = message.indexOf(0, at + 4);
  if (nameEnd < 0 || nameEnd >= end || nameEnd - at - 4 > MAX_SEQUENCE_NAME_BYTES)
    throw invalid('the name of a sequence');
  const name = message.toString('latin1', at + 4, nameEnd);
  if (!/^[A-Za-z]+$/.test(name) || sequences.has(name)) throw invalid('the name of a sequence');
  const documents: unknown[] = [];
  for (let next = nameEnd + 1; next < end;) {
    if (documents.length === MAX_SEQUENCE_DOCUMENTS) throw invalid('too many documents in a sequence');
    const read = documentAt(message, next, end);
    documents.push(read.document);
    next = read.end;
  }
  sequences.set(name, documents);
  return end;
}

/** @returns the length that stands at `at`, when a document or sequence of that length fits before `limit`. */
function lengthAt(message: Buffer, at: number, limit: number): number {
  if (at + 4 > limit) throw invalid('a length that is cut off');
  const length = message.readInt32LE(at);
  if (length < LEAST_DOCUMENT_BYTES || length > limit - at) throw invalid('a length that is out of range');
  return length;
}

function documentAt(message: Buffer, at: number, limit: number) {
  const end = at + lengthAt(message, at, limit);
  return { document: readDocument(message.subarray(at, end)), end };
}

function readDocument(bytes: Buffer): Record<string, unknown> {
  let document;
  try {
    document = deserialize(bytes);
  } catch {
    // The library's text may repeat what was sent.
    throw invalid('a document');
  }
  assertShallow(document);
  return document;
}

/** Everything that walks a document calls itself for each level; the levels are counted once, here. */
function assertShallow(document: object): void {
  let level: object[] = [document];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new StoreError('Overflow', `documents nest at most ${MAX_DEPTH} deep`);
    level = level.flatMap((value) => Object.values(value).filter(isContainer));
  }
}

function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) || value instanceof DBRef || value instanceof Code) return true;
  return Object.getPrototypeOf(value) === Object.prototype;
}

function invalid(what: string): StoreError {
  return new StoreError('InvalidBSON', `a message that cannot be read: ${what}`);
}

let lastReplyId = 0;

/** @returns the bytes of an answer. */
export function writeReply(request: Envelope, body: Uint8Array): Buffer {
  const head = request.handshake ? 16 + 20 : 16 + 5;
  const reply = Buffer.alloc(head + body.length);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(++lastReplyId & 0x7fffffff, 4);
  reply.writeInt32LE(request.requestId, 8);
  reply.writeInt32LE(request.handshake ? OP_REPLY : OP_MSG, 12);
  if (request.handshake) reply.writeInt32LE(1, 32);
  reply.set(body, head);
  return reply;
}

/** @returns `{ cursor: { <batchName>: rows, id, ns }, ok: 1 }` with the rows spliced in as they stand in the file. */
export function cursorReply(
  batchName: 'firstBatch' | 'nextBatch',
  rows: readonly Uint8Array[],
  id: number,
  ns: string,
) {
  const array = rawArray(rows);
  const tail = serialize({ id: BigInt(id), ns });
  const cursor = rawDocument([element(0x04, batchName, array), tail.subarray(4, -1)]);
  return rawDocument([element(0x03, 'cursor', cursor), serialize({ ok: 1 }).subarray(4, -1)]);
}

function rawArray(rows: readonly Uint8Array[]): Buffer {
  return rawDocument(rows.map((row, i) => element(0x03, String(i), row)));
}

function element(type: number, name: string, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value]);
}

function rawDocument(elements: readonly Uint8Array[]): Buffer {
  const length = elements.reduce((sum, part) => sum + part.length, 5);
  const document = Buffer.alloc(length);
  document.writeInt32LE(length, 0);
  let at = 4;
  for (const part of elements) {
    document.set(part, at);
    at += part.length;
  }
  return document;
}
