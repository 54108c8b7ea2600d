import { deserialize, serialize } from 'bson';

/** MongoDB wire protocol: OP_MSG, and the OP_QUERY handshake drivers open a connection with (stack.md §1.5). */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
export const MAX_MESSAGE_BYTES = 48_000_000;

export interface Request {
  readonly requestId: number;
  readonly command: Record<string, unknown>;
  /** The client waits for no answer (`moreToCome`). */
  readonly oneWay: boolean;
  readonly handshake: boolean;
}

/** @returns the length of the message at the start of `buffer`, or undefined when fewer than four bytes are there. */
export function messageLength(buffer: Buffer): number | undefined {
  if (buffer.length < 4) return undefined;
  const length = buffer.readInt32LE(0);
  if (length < 16 || length > MAX_MESSAGE_BYTES) throw new Error('message length out of range');
  return length;
}

/** Reads one whole message. Throws on anything that is not OP_MSG or the OP_QUERY handshake. */
export function readMessage(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_QUERY) return { requestId, command: readQuery(message), oneWay: false, handshake: true };
  if (opCode !== OP_MSG) throw new Error(`unsupported opcode ${opCode}`);
  const flags = message.readUInt32LE(16);
  return {
    requestId,
    command: readSections(message, flags & CHECKSUM_PRESENT ? message.length - 4 : message.length),
    oneWay: (flags & MORE_TO_COME) !== 0,
    handshake: false,
  };
}

function readQuery(message: Buffer): Record<string, unknown> {
  const nameEnd = message.indexOf(0, 20);
  return deserialize(message.subarray(nameEnd + 9));
}

function readSections(message: Buffer, end: number): Record<string, unknown> {
  let command: Record<string, unknown> = {};
  for (let at = 20; at < end;) {
    const kind = message[at]!;
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0) command = { ...command, ...deserialize(section) };
    else if (kind === 1) Object.assign(command, readSequence(section));
    else throw new Error(`unknown section kind ${kind}`);
    at += 1 + size;
  }
  return command;
}

function readSequence(section: Buffer): Record<string, unknown> {
  const nameEnd = section.indexOf(0, 4);
  const documents: unknown[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at);
    documents.push(deserialize(section.subarray(at, at + size)));
    at += size;
  }
  return { [section.toString('utf8', 4, nameEnd)]: documents };
}

let lastReplyId = 0;

/** @returns the bytes of an answer. */
export function writeReply(request: Request, body: Uint8Array): Buffer {
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
