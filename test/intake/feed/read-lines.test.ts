import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import {
  DELIVERY_LIMITS,
  DeliveryError,
  readRecordTexts,
  type DeliveryForm,
} from '../../../intake/feed/read-lines.js';

async function read(chunks: readonly (string | Buffer)[], form: DeliveryForm = 'ndjson', gzip = false) {
  const texts: string[] = [];
  try {
    for await (const text of readRecordTexts(
      Readable.from(chunks.map((chunk) => Buffer.from(chunk))),
      form,
      gzip,
    ))
      texts.push(text);
  } catch (error) {
    expect(error).toBeInstanceOf(DeliveryError);
    return { texts, problem: (error as DeliveryError).problem };
  }
  return { texts, problem: undefined };
}

const records = fc.array(
  fc.record(
    { id: fc.string(), text: fc.string(), inner: fc.array(fc.dictionary(fc.string(), fc.jsonValue())) },
    { noNullPrototype: true },
  ),
  { maxLength: 5 },
);
/** Cuts a body into chunks anywhere, inside letters of several bytes too. */
const chunked = (body: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [0, ...cuts.map((cut) => cut % (body.length + 1)), body.length].sort((a, b) => a - b);
  return places.slice(1).map((place, i) => body.subarray(places[i], place));
};

test('whatever the records and however the body is cut into chunks, packed or not, the same records come out', async () => {
  await fc.assert(
    fc.asyncProperty(
      records,
      fc.array(fc.nat()),
      fc.boolean(),
      fc.boolean(),
      async (some, cuts, array, gzip) => {
        const text = array ? JSON.stringify(some) : some.map((value) => JSON.stringify(value)).join('\n');
        const body = gzip ? gzipSync(text) : Buffer.from(text);
        const { texts, problem } = await read(chunked(body, cuts), array ? 'json' : 'ndjson', gzip);
        expect(problem).toBeUndefined();
        expect(texts.map((read) => JSON.parse(read))).toEqual(JSON.parse(JSON.stringify(some)));
      },
    ),
    { numRuns: 300 },
  );
});

const line = JSON.stringify({ a: 'b'.repeat(1000) });
test.each<[string, (string | Buffer)[], DeliveryForm, boolean, string, number]>([
  ['a truncated gzip', [gzipSync(`${line}\n`.repeat(50)).subarray(0, -8)], 'ndjson', true, 'NOT_GZIP', -1],
  ['text that says it is gzip', [line], 'ndjson', true, 'NOT_GZIP', 0],
  [
    'another charset',
    [Buffer.from(`${line}\n{"navn":"S\xf8ren"}`, 'latin1')],
    'ndjson',
    false,
    'NOT_UTF8',
    0,
  ],
  ['half a letter at the end', [Buffer.from(`${line}\nå`).subarray(0, -1)], 'ndjson', false, 'NOT_UTF8', 1],
  ['an array that never ends', ['[{"a":1},{"b":2}'], 'json', false, 'CUT_OFF', 2],
  ['no array', ['{"a":1}'], 'json', false, 'NOT_JSON', 0],
  ['something after the array', ['[{"a":1}] x'], 'json', false, 'NOT_JSON', 0],
  ['a number among the records', ['[{"a":1}, 5]'], 'json', false, 'NOT_JSON', 0],
  [
    'a record of half a megabyte and more',
    [`${line}\n`, 'x'.repeat(DELIVERY_LIMITS.lineBytes + 1)],
    'ndjson',
    false,
    'LINE_TOO_LONG',
    1,
  ],
  [
    '10,001 records',
    ['{}\n'.repeat(DELIVERY_LIMITS.records + 1)],
    'ndjson',
    false,
    'TOO_MANY',
    DELIVERY_LIMITS.records,
  ],
])('%s ends the delivery; what came before stands', async (_says, chunks, form, gzip, problem, before) => {
  const outcome = await read(chunks, form, gzip);
  expect(outcome.problem).toBe(problem);
  if (before >= 0) expect(outcome.texts.length).toBe(before);
});

test('80 MB of packed nothing is given up at the bound, not unpacked whole', async () => {
  const bomb = gzipSync(Buffer.alloc(80 << 20, '\n'));
  expect((await read([bomb], 'ndjson', true)).problem).toBe('TOO_LARGE');
});

test('64 MB in all are read, and not a byte more', async () => {
  expect(DELIVERY_LIMITS).toEqual({ bytes: 67_108_864, lineBytes: 524_288, records: 10_000 });
  const blank = Buffer.alloc(DELIVERY_LIMITS.lineBytes, ' ');
  blank[blank.length - 1] = 10;
  const whole = Array.from({ length: 128 }, () => blank);
  expect(await read(whole)).toEqual({ texts: [], problem: undefined });
  expect(await read([...whole, '\n'])).toEqual({ texts: [], problem: 'TOO_LARGE' });
});

test.each([
  [true, 'NOT_GZIP'],
  [false, 'CUT_OFF'],
])('a sender that goes away ends the delivery, packed or not: %s', async (gzip, problem) => {
  const body = new Readable({ read: () => undefined });
  const text = Buffer.from('{}\n'.repeat(1000));
  body.push(gzip ? gzipSync(text).subarray(0, 20) : text);
  const reading = (async () => {
    for await (const record of readRecordTexts(body, 'ndjson', gzip)) expect(record).toBe('{}');
  })();
  setImmediate(() => body.destroy(new Error('gone')));
  await expect(reading).rejects.toMatchObject({ problem });
});

test.each<[string, string[], DeliveryForm, number]>([
  ['10,000 records', ['{}\n'.repeat(DELIVERY_LIMITS.records)], 'ndjson', DELIVERY_LIMITS.records],
  ['a line as long as may be', ['x'.repeat(DELIVERY_LIMITS.lineBytes), '\n'], 'ndjson', 1],
  ['empty lines and spaces around', [' {} \r\n\n  \n{}'], 'ndjson', 2],
  ['spaces around an array and its records', [' \n[ {} , {} ]\n '], 'json', 2],
  ['spaces after the last record', ['{}\n  '], 'ndjson', 1],
  ['no record in an array', ['[]'], 'json', 0],
  ['no line', [''], 'ndjson', 0],
  ['marks of texts and lists within texts', ['[{"a":"}]\\"{["},{"b":["]"]}]'], 'json', 2],
])('a delivery may hold %s', async (_says, chunks, form, records) => {
  const { texts, problem } = await read(chunks, form);
  expect([texts.length, problem]).toEqual([records, undefined]);
});

test.each<[string, string]>([
  ['nothing', ''],
  ['a second array', '[][]'],
  ['a comma before it', ',[{}]'],
  ['a comma after it', '[{}],'],
  ['another beginning', '({}]'],
  ['an end alone', ']'],
  ['an array in an array', '[[]]'],
  ['a text', '["{}"]'],
])('%s is no array of records', async (_says, body) => {
  expect((await read([body], 'json')).problem).toMatch(/^(CUT_OFF|NOT_JSON)$/);
});
