import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { deserialize, serialize } from 'bson';
import fc from 'fast-check';
import { COMMANDS } from '../../../store/embedded/commands/table.js';
import { startEmbeddedServer, type EmbeddedServer } from '../../../store/embedded/server.js';
import { join } from 'node:path';
import { temporaryDirectory } from '../../kit/store.js';

let server: EmbeddedServer;
let socketPath: string;
let remove: () => void;
const failures: string[] = [];

beforeAll(async () => {
  const temporary = temporaryDirectory();
  remove = temporary.remove;
  socketPath = join(temporary.path, 'store.sock');
  server = await startEmbeddedServer({
    path: join(temporary.path, 'store.lmdb'),
    maxBytes: 1 << 30,
    socket: socketPath,
    onError: (error) => failures.push(error.message),
  });
});
afterAll(async () => {
  await server.close();
  remove();
});

function open(): Promise<Socket> {
  const socket = createConnection(socketPath);
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

/** @returns whether the bytes begin with a whole message that asks for an answer. */
function asksForAnswer(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes);
  if (view.length < 21 || view.readInt32LE(0) > view.length) return false;
  return view.readInt32LE(12) !== 2013 || (view.readUInt32LE(16) & 2) === 0;
}

/** Sends bytes. @returns everything that came back until the first answer was there or the server closed */
async function exchange(bytes: Uint8Array): Promise<Buffer> {
  const socket = await open();
  const received: Buffer[] = [];
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const answered = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      const all = Buffer.concat(received);
      if (all.length >= 4 && all.length >= all.readInt32LE(0)) resolve();
    });
  });
  socket.write(bytes);
  if (asksForAnswer(bytes)) await Promise.race([answered, closed]);
  socket.end();
  await closed;
  return Buffer.concat(received);
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value | 0);
  return bytes;
};
const framed = (opCode: number, rest: Uint8Array, length = 16 + rest.length): Buffer =>
  Buffer.concat([int32(length), int32(7), int32(0), int32(opCode), rest]);
const message = (...sections: Uint8Array[]): Buffer =>
  framed(2013, Buffer.concat([int32(0), ...sections.map((section) => Buffer.from(section))]));
const body = (command: Record<string, unknown>): Buffer => Buffer.concat([Buffer.of(0), serialize(command)]);
const ping = message(body({ ping: 1, $db: 'admin' }));
const hello = framed(
  2004,
  Buffer.concat([int32(0), Buffer.from('admin.$cmd\0'), int32(0), int32(-1), serialize({ hello: 1 })]),
);

/** @returns the documents of the answers in what a server sent. */
function answersIn(bytes: Buffer): Record<string, unknown>[] {
  const answers: Record<string, unknown>[] = [];
  for (
    let at = 0;
    at + 4 <= bytes.length && at + bytes.readInt32LE(at) <= bytes.length;
    at += bytes.readInt32LE(at)
  ) {
    const whole = bytes.subarray(at, at + bytes.readInt32LE(at));
    answers.push(deserialize(whole.subarray(whole.readInt32LE(12) === 1 ? 36 : 21)));
  }
  return answers;
}

const stillAnswers = async (): Promise<void> => {
  expect(answersIn(await exchange(ping))).toEqual([{ ok: 1 }]);
};

describe('a length that is not true is refused, and the store goes on', () => {
  const section = (kind: number, size: number, rest = Buffer.alloc(0)): Buffer =>
    Buffer.concat([Buffer.of(kind), int32(size), rest]);
  const sequence = (name: string, documents: Buffer): Buffer => {
    const rest = Buffer.concat([Buffer.from(`${name}\0`), documents]);
    return Buffer.concat([Buffer.of(1), int32(4 + rest.length), rest]);
  };
  const nested = (depth: number): Record<string, unknown> => {
    let inner: Record<string, unknown> = {};
    for (let i = 0; i < depth; i++) inner = { a: inner };
    return inner;
  };
  const shortened = (command: Record<string, unknown>, length: number): Buffer => {
    const bytes = body(command);
    bytes.writeInt32LE(length, 1);
    return bytes;
  };
  const insert = body({ insert: 'rows', $db: 'd' });

  test.each<[string, Buffer]>([
    ['a message of length 0', framed(2013, Buffer.alloc(8), 0)],
    ['a message of negative length', framed(2013, Buffer.alloc(8), -1)],
    ['a message longer than 48 MB', framed(2013, Buffer.alloc(8), 48_000_001)],
    ['the shortest length there is', framed(2013, Buffer.alloc(8), -0x80000000)],
    ['an unknown kind of message', framed(2012, Buffer.alloc(20))],
    ['no more than a header', Buffer.concat([int32(16), Buffer.alloc(12)])],
    ['a message without a body', message()],
  ])('%s: the connection ends', async (_what, bytes) => {
    expect(await exchange(bytes)).toHaveLength(0);
    await stillAnswers();
  });

  test.each<[string, Buffer, string]>([
    ['a document of size -1', message(section(0, -1)), 'InvalidBSON'],
    ['a document of size 0', message(section(0, 0, Buffer.alloc(9))), 'InvalidBSON'],
    ['a document of size 4', message(section(0, 4, Buffer.alloc(9))), 'InvalidBSON'],
    ['a document longer than the message', message(section(0, 1 << 30)), 'InvalidBSON'],
    ['a document shorter than it is', message(shortened({ ping: 1, $db: 'admin' }, 9)), 'InvalidBSON'],
    ['a sequence of size -1', message(insert, section(1, -1)), 'InvalidBSON'],
    ['a sequence of size 0', message(insert, section(1, 0, Buffer.alloc(9))), 'InvalidBSON'],
    ['a sequence without a name', message(insert, section(1, 8, Buffer.from('docs'))), 'InvalidBSON'],
    ['a document of size -1 in a sequence', message(insert, sequence('documents', int32(-1))), 'InvalidBSON'],
    [
      'a document of size 0 in a sequence',
      message(insert, sequence('documents', Buffer.alloc(8))),
      'InvalidBSON',
    ],
    [
      'a sequence named like a prototype',
      message(insert, sequence('__proto__', Buffer.alloc(0))),
      'InvalidBSON',
    ],
    [
      'a sequence twice',
      message(insert, sequence('a', Buffer.alloc(0)), sequence('a', Buffer.alloc(0))),
      'InvalidBSON',
    ],
    ['two bodies', message(body({ ping: 1 }), body({ ping: 1 })), 'InvalidBSON'],
    ['an unknown kind of section', message(section(9, 5)), 'InvalidBSON'],
    ['an unknown flag', framed(2013, Buffer.concat([int32(4), body({ ping: 1 })])), 'InvalidBSON'],
    ['documents 5,000 deep', message(body({ ping: nested(5000), $db: 'admin' })), 'Overflow'],
    ['a query without a name', framed(2004, Buffer.alloc(30, 1)), 'InvalidBSON'],
    [
      'a query that ends in its name',
      framed(2004, Buffer.concat([int32(0), Buffer.from('a.b\0'), int32(0)])),
      'InvalidBSON',
    ],
  ])('%s: an answer says so', async (_what, bytes, codeName) => {
    const [answer, ...more] = answersIn(await exchange(bytes));
    expect(answer).toMatchObject({ ok: 0, codeName });
    expect(more).toEqual([]);
    await stillAnswers();
  });
});

test('a message is answered however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: ping.length + hello.length }), { maxLength: 8 }),
      async (cuts) => {
        const both = Buffer.concat([hello, ping]);
        const socket = await open();
        const received: Buffer[] = [];
        socket.on('data', (chunk: Buffer) => received.push(chunk));
        const edges = [0, ...cuts.sort((a, b) => a - b), both.length];
        for (const [i, edge] of edges.slice(1).entries())
          await new Promise((resolve) => socket.write(both.subarray(edges[i], edge), resolve));
        while (answersIn(Buffer.concat(received)).length < 2) await once(socket, 'data');
        socket.destroy();
        expect(answersIn(Buffer.concat(received)).map(({ ok }) => ok)).toEqual([1, 1]);
      },
    ),
    { numRuns: 40 },
  );
});

/** Bytes that begin like something the server knows and go wrong somewhere. */
const frame: fc.Arbitrary<Uint8Array> = fc
  .record({
    base: fc.constantFrom(
      ping,
      hello,
      message(body({ insert: 'rows', documents: [{ _id: 1 }], $db: 'd' })),
      message(body({ find: 'rows', filter: { a: { $in: [1, 2] } }, $db: 'd' })),
    ),
    changes: fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255))), {
      maxLength: 6,
    }),
    keepLength: fc.boolean(),
    tail: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ base, changes, keepLength, tail }) => {
    const bytes = Buffer.concat([base, tail]);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    if (keepLength) bytes.writeInt32LE(bytes.length, 0);
    return bytes;
  });

test('generated frames are refused or answered; the store neither hangs nor ends', async () => {
  const before = failures.length;
  await fc.assert(
    fc.asyncProperty(fc.oneof(frame, frame, frame, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
      answersIn(await exchange(bytes));
    }),
    { numRuns: 1500 },
  );
  await stillAnswers();
  expect(failures.slice(before)).toEqual([]);
});

/** A value of any BSON type, with names that mean something to somebody. */
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, 0, 1, -1, 1.5, NaN, 2 ** 40, '', 'rows', '$a', new Date(0), /a/),
    fc.string({ maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        '_id',
        'a',
        'a.b',
        '$a',
        '$set',
        '$in',
        '$and',
        '$match',
        '$group',
        'q',
        'u',
        'key',
        'name',
        'limit',
        '',
        'constructor',
        'toString',
        'locale',
      ),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));
const FIELDS =
  'filter sort skip limit projection batchSize singleBatch collation pipeline cursor query key documents updates deletes ordered q u update new remove upsert fields indexes index cursors collection getMore'.split(
    ' ',
  );
const command = fc
  .tuple(
    fc.constantFrom(...Object.keys(COMMANDS)),
    fc.oneof(fc.constant<unknown>('rows'), anything),
    fc.dictionary(fc.constantFrom(...FIELDS), anything, { maxKeys: 5, noNullPrototype: true }),
  )
  .map(([name, first, options]) => ({ [name]: first, ...options, $db: 'fuzz' }));

test('commands with options of any type are answered with a code of MongoDB’s', async () => {
  const before = failures.length;
  await fc.assert(
    fc.asyncProperty(command, async (given) => {
      const [answer] = answersIn(await exchange(message(body(given))));
      expect(answer!['ok'] === 1 || typeof answer!['code'] === 'number').toBe(true);
      expect(answer!['codeName']).not.toBe('InternalError');
    }),
    { numRuns: 3000 },
  );
  await stillAnswers();
  expect(failures.slice(before)).toEqual([]);
});

test('a client that asks and never reads holds nobody up', async () => {
  const many = message(
    body({
      insert: 'large',
      documents: Array.from({ length: 200 }, (_, i) => ({ _id: i, t: 'x'.repeat(20_000) })),
      $db: 'd',
    }),
  );
  await exchange(many);
  const greedy = await open();
  greedy.pause();
  const question = message(body({ find: 'large', batchSize: 200, $db: 'd' }));
  for (let i = 0; i < 200; i++) greedy.write(question);
  await stillAnswers();
  greedy.destroy();
  await stillAnswers();
});
