import { describe, expect, test } from '@jest/globals';
import { Binary } from 'bson';
import { applyUpdate, isReplacement, upsertBase } from '../../../store/embedded/update.js';

type Doc = Record<string, unknown>;
const BYTES = new Binary(Buffer.from([1, 2]));

/** @returns the document after an update; `same` when nothing changes; the name of the refusal and its words when it is refused */
const after = (before: Doc, update: Doc, inserting = false): unknown => {
  try {
    const updated = applyUpdate({ _id: 'id', ...before }, update, inserting);
    if (updated === undefined) return 'same';
    const { _id, ...rest } = updated.after;
    return _id === 'id' ? rest : updated.after;
  } catch (error) {
    const { codeName, message } = error as { codeName: string; message: string };
    return `${codeName}: ${message}`;
  }
};
const NO_SUPPORT = ' is not supported by the embedded store; set MONGODB_URI to use MongoDB';

describe('an update', () => {
  test.each<[string, Doc, Doc, unknown]>([
    ['sets a field', { a: 1 }, { $set: { a: 2 } }, { a: 2 }],
    ['adds a field behind the others', { a: 1 }, { $set: { b: 2 } }, { a: 1, b: 2 }],
    ['sets a field within another', { a: { b: 1, c: 1 } }, { $set: { 'a.b': 2 } }, { a: { b: 2, c: 1 } }],
    ['makes what a path leads through', {}, { $set: { 'a.b': 1 } }, { a: { b: 1 } }],
    ['sets a place of a list', { a: [1, 2] }, { $set: { 'a.1': 3 } }, { a: [1, 3] }],
    ['sets a field and one within', { a: 1 }, { $set: { a: 2, 'b.c': 1 } }, { a: 2, b: { c: 1 } }],
    ['keeps bytes as bytes', { a: {} }, { $set: { 'a.b': BYTES } }, { a: { b: BYTES } }],
    ['takes a field away', { a: 1, b: 1 }, { $unset: { a: '' } }, { b: 1 }],
    ['adds to a number', { a: 1 }, { $inc: { a: 2 } }, { a: 3 }],
    ['begins a number', {}, { $inc: { a: 2 } }, { a: 2 }],
    ['keeps the lower', { a: 3 }, { $min: { a: 2 } }, { a: 2 }],
    ['keeps the higher', { a: 1 }, { $max: { a: 2 } }, { a: 2 }],
    ['puts behind a list', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
    ['begins a list', {}, { $push: { a: 2 } }, { a: [2] }],
    ['adds to a list what is not in it', { a: [1] }, { $addToSet: { a: 2 } }, { a: [1, 2] }],
    ['takes out of a list', { a: [1, 2] }, { $pull: { a: 1 } }, { a: [2] }],
    ['does several things', { a: 1, b: [1] }, { $set: { a: 2 }, $push: { b: 2 } }, { a: 2, b: [1, 2] }],
    ['replaces the document', { a: 1, b: 1 }, { c: 1 }, { c: 1 }],
    ['replaces it with nothing', { a: 1 }, {}, {}],
    ['names the id it has', { a: 1 }, { $set: { _id: 'id', a: 2 } }, { a: 2 }],
  ])('%s', (_says, before, update, expected) => expect(after(before, update)).toEqual(expected));

  test.each<[string, Doc, Doc]>([
    ['sets what is there', { a: 1 }, { $set: { a: 1 } }],
    ['sets what is there, within', { a: { b: 1 } }, { $set: { 'a.b': 1 } }],
    ['adds what is in the list', { a: [1] }, { $addToSet: { a: 1 } }],
    ['takes away what is not there', { a: 1 }, { $unset: { b: '' } }],
    ['replaces with the same', { a: 1 }, { a: 1 }],
    ['names the id alone', { a: 1 }, { $set: { _id: 'id' } }],
    ['sets on insert what is not inserted', { a: 1 }, { $setOnInsert: { a: 2 } }],
  ])('changes nothing when it %s', (_says, before, update) => expect(after(before, update)).toBe('same'));

  test('sets on insert, where something is inserted; what is set besides stays', () => {
    expect(after({}, { $setOnInsert: { a: 1 } }, true)).toEqual({ a: 1 });
    expect(after({}, { $set: { b: 1 }, $setOnInsert: { a: 1 } }, true)).toEqual({ a: 1, b: 1 });
    expect(after({}, { $set: { b: 1 }, $setOnInsert: { a: 1 } })).toEqual({ b: 1 });
    expect(after({}, { $set: { b: 1 } }, true)).toEqual({ b: 1 });
  });

  const altered = "ImmutableField: the (immutable) field '_id' was found to have been altered";
  test.each<[string, Doc, Doc, string]>([
    ['sets another id', {}, { $set: { _id: 'other' } }, altered],
    ['sets another id along', { a: { b: 1 } }, { $set: { _id: 'other', 'a.b': 2 } }, altered],
    ['counts on the id', {}, { $inc: { _id: 1 } }, altered],
    ['takes the id away', {}, { $unset: { _id: 'id' } }, altered],
    ['replaces it with another id', {}, { _id: 'other' }, altered],
    [
      'counts by a text',
      { a: 1 },
      { $inc: { a: '1' } },
      "TypeMismatch: Cannot increment 'a' by a non-number",
    ],
    [
      'counts on a text',
      { a: 'x' },
      { $inc: { a: 1 } },
      "TypeMismatch: Cannot apply $inc to a value of non-numeric type at 'a'",
    ],
    [
      'puts behind what is no list',
      { a: 1 },
      { $push: { a: 1 } },
      "BadValue: The field 'a' must be an array",
    ],
    [
      'adds to what is no list',
      { a: 1 },
      { $addToSet: { a: 1 } },
      "BadValue: The field 'a' must be an array",
    ],
    [
      'takes out of what is no list',
      { a: null },
      { $pull: { a: 1 } },
      "BadValue: The field 'a' must be an array",
    ],
    [
      'leads into a list by name',
      { a: [{ b: 1 }] },
      { $set: { 'a.b': 1 } },
      "PathNotViable: Cannot create field 'b' in an array element list",
    ],
    [
      'leads into a list by half a number',
      { a: [1] },
      { $set: { 'a.1x': 1 } },
      "PathNotViable: Cannot create field '1x' in an array element list",
    ],
    [
      'leads into a list by a name with a number in it',
      { a: [1] },
      { $set: { 'a.x1': 1 } },
      "PathNotViable: Cannot create field 'x1' in an array element list",
    ],
    [
      'leads into a text',
      { a: 'x' },
      { $set: { 'a.b': 1 } },
      "PathNotViable: Cannot create field 'b' in a plain value",
    ],
    [
      'leads into null',
      { a: null },
      { $set: { 'a.b': 1 } },
      "PathNotViable: Cannot create field 'b' in a plain value",
    ],
    [
      'leads into a time',
      { a: new Date(0) },
      { $set: { 'a.b': 1 } },
      "PathNotViable: Cannot create field 'b' in a plain value",
    ],
  ])('is refused when it %s', (_says, before, update, words) => expect(after(before, update)).toBe(words));
});

describe('what is no update', () => {
  const verdict = (update: unknown): unknown => {
    try {
      return isReplacement(update);
    } catch (error) {
      const { codeName, message } = error as { codeName: string; message: string };
      return `${codeName}: ${message}`;
    }
  };
  test.each<[string, unknown, unknown]>([
    ['a document', { a: 1 }, true],
    ['an empty document', {}, true],
    ['operators', { $set: { a: 1 }, $inc: { b: 1 } }, false],
    ['a pipeline', [{ $set: { a: 1 } }], `NotImplemented: an update pipeline${NO_SUPPORT}`],
    ['a text', 'x', 'FailedToParse: update must be a document'],
    [
      'an operator nobody knows',
      { $set: { a: 1 }, $rename: { b: 'c' } },
      `NotImplemented: update operator $rename${NO_SUPPORT}`,
    ],
    ['an operator of no document', { $set: 1 }, 'FailedToParse: $set needs a document'],
    [
      'a place by position',
      { $set: { 'a.$': 1 } },
      `NotImplemented: positional or empty path part in a.$${NO_SUPPORT}`,
    ],
    [
      'an empty part',
      { $set: { 'a..b': 1 } },
      `NotImplemented: positional or empty path part in a..b${NO_SUPPORT}`,
    ],
    [
      'a name every object has',
      { $set: { 'a.constructor': 1 } },
      `NotImplemented: a field like a.constructor${NO_SUPPORT}`,
    ],
    [
      'one path twice',
      { $set: { a: 1 }, $inc: { a: 1 } },
      "ConflictingUpdateOperators: Updating the path 'a' would create a conflict",
    ],
    [
      'a path and one within',
      { $set: { 'a.b': 1, a: 1 } },
      "ConflictingUpdateOperators: Updating the path 'a' would create a conflict",
    ],
    ['two paths that begin alike', { $set: { ab: 1, a: 1 } }, false],
  ])('%s', (_says, update, expected) => expect(verdict(update)).toBe(expected));
});

test('nothing is inserted unless that is said', () => {
  expect(applyUpdate({ _id: 'id' }, { $setOnInsert: { a: 1 } })).toBeUndefined();
});

test('a place by a filter is refused, and a name that ends in its sign is a name', () => {
  expect(() => isReplacement({ $set: { 'a.$x': 1 } })).toThrow('positional or empty path part in a.$x');
  expect(isReplacement({ $set: { a$: 1 } })).toBe(false);
});

test('an update leaves the document before it, and what it was given, as they were', () => {
  const before = { _id: 'id', list: [{ a: 1 }] };
  const given = { b: { c: 1 } };
  const updated = applyUpdate(before, { $push: { list: given } })!;
  (updated.after['list'] as Doc[])[1]!['b'] = 'changed';
  expect([before, given]).toEqual([{ _id: 'id', list: [{ a: 1 }] }, { b: { c: 1 } }]);
});

test.each<[string, Doc, Doc]>([
  ['equality', { a: 1, b: 'x' }, { a: 1, b: 'x' }],
  ['equality by its operator', { a: { $eq: 1 } }, { a: 1 }],
  ['a path', { 'a.b': 1, 'a.c': 2 }, { a: { b: 1, c: 2 } }],
  ['all of several', { $and: [{ a: 1 }, { $and: [{ b: { $eq: 2 } }] }] }, { a: 1, b: 2 }],
  ['ranges and branches: nothing', { a: { $gt: 1 }, $or: [{ b: 1 }], $nor: [{ c: 1 }] }, {}],
])('an upsert begins with what its filter names by %s', (_says, filter, base) => {
  expect(upsertBase(filter)).toStrictEqual(base);
});
