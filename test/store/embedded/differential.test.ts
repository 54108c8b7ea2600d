import { test, expect } from '@jest/globals';
import fc from 'fast-check';
import { Query } from 'mingo';
import { join } from 'node:path';
import { Engine } from '../../../store/embedded/engine.js';
import { Pace, PAUSE } from '../../../store/embedded/pace.js';
import { parseSelection, select } from '../../../store/embedded/select.js';
import { valuesAt } from '../../../store/embedded/field-values.js';
import { encodeValue } from '../../../store/embedded/key-encoding.js';
import { applyUpdate } from '../../../store/embedded/update.js';
import type { Collection, Doc } from '../../../store/embedded/collection.js';
import { temporaryDirectory } from '../../kit/store.js';

/**
 * Indexed answers must equal a full scan by mingo, over random documents, indexes, filters, sorts, updates and
 * deletes. OVERBLIK_PROPERTY_RUNS raises the number of cases for a long run.
 */
const RUNS = Number(process.env['OVERBLIK_PROPERTY_RUNS'] ?? 3000);

const scalar = fc.oneof(
  fc.constantFrom('a', 'ab', 'b', 'æ', 'å', ''),
  fc.integer({ min: -3, max: 3 }),
  fc.constant(0.5),
  fc.constantFrom(new Date(0), new Date(86_400_000)),
  fc.boolean(),
  fc.constant(null),
);
const optional = { requiredKeys: [], noNullPrototype: true };
const element = fc.record({ x: scalar, y: scalar }, optional);
const document = fc.record(
  {
    s: scalar,
    n: fc.integer({ min: -255, max: 255 }),
    tags: fc.array(scalar, { maxLength: 3 }),
    ties: fc.array(element, { maxLength: 3 }),
    sub: element,
  },
  optional,
);

const PATHS = ['s', 'n', 'tags', 'ties.x', 'ties.y', 'sub.x', '_id'] as const;
const path = fc.constantFrom(...PATHS);
const direction = fc.constantFrom(1 as const, -1 as const);

const indexKey = fc
  .uniqueArray(fc.tuple(path, direction), { minLength: 1, maxLength: 3, selector: ([name]) => name })
  .filter((fields) => !(fields.some(([p]) => p === 'tags') && fields.some(([p]) => p.startsWith('ties'))))
  .filter((fields) => new Set(fields.filter(([p]) => p.startsWith('ties.'))).size < 3);
const index = fc.record({ key: indexKey, sparse: fc.boolean() });

const range = fc.constantFrom('$gt', '$gte', '$lt', '$lte');
const notNull = scalar.filter((value) => value !== null);
const condition: fc.Arbitrary<unknown> = fc.oneof(
  scalar,
  fc.tuple(range, notNull).map(([op, value]) => ({ [op]: value })),
  fc.tuple(notNull, notNull).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.array(scalar, { minLength: 1, maxLength: 3 }).map((values) => ({ $in: values })),
  scalar.map((value) => ({ $ne: value })),
  fc.boolean().map((value) => ({ $exists: value })),
  fc.tuple(notNull, notNull).map(([low, high]) => ({ $elemMatch: { $gte: low, $lte: high } })),
);
const onPath = fc.tuple(path, condition).map(([name, value]) => ({ [name]: value }));
const tie = fc.tuple(scalar, scalar).map(([x, y]) => ({ ties: { $elemMatch: { x, y } } }));
const tieRange = fc.tuple(notNull, scalar).map(([x, y]) => ({ ties: { $elemMatch: { x: { $gte: x }, y } } }));
const simple = fc.oneof(onPath, onPath, onPath, tie, tieRange);
const filter: fc.Arbitrary<Doc> = fc.oneof(
  simple,
  fc.tuple(simple, simple).map(([a, b]) => ({ $and: [a, b] })),
  fc.tuple(simple, simple, simple).map(([a, b, c]) => ({ $and: [a, { $or: [b, c] }] })),
);
/** What an index can use of `$or`: branches that say something of the same path. */
const either = fc
  .tuple(path, fc.array(condition, { minLength: 1, maxLength: 3 }), simple)
  .map(([name, values, rest]) => ({ $and: [{ $or: values.map((value) => ({ [name]: value })) }, rest] }));
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('s', 'n', 'sub.x', 'tags', '_id'), direction), {
  maxLength: 2,
  selector: ([name]) => name,
});
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), filter: simple, value: document }),
  fc.record({ kind: fc.constant('remove' as const), filter: simple }),
);

const scenario = fc.record({
  documents: fc.array(document, { minLength: 1, maxLength: 12 }),
  indexes: fc.array(index, { minLength: 1, maxLength: 3 }),
  changes: fc.array(change, { maxLength: 2 }),
  filter: fc.oneof(filter, either),
  sort,
  limit: fc.integer({ min: 0, max: 4 }),
});

function declareIndexes(
  engine: Engine,
  namespace: string,
  indexes: readonly { key: [string, 1 | -1][]; sparse: boolean }[],
) {
  indexes.forEach(({ key, sparse }, i) =>
    engine.createIndex(namespace, { name: `i${i}`, key: Object.fromEntries(key), unique: false, sparse }),
  );
}

function handlesOf(collection: Collection, selection: Parameters<typeof parseSelection>[0]): number[] {
  return [...select(collection, parseSelection(selection), new Pace())].filter((handle) => handle !== PAUSE);
}

function apply(collection: Collection, step: { kind: string; filter: Doc; value?: Doc }): void {
  const handles = handlesOf(collection, { filter: step.filter });
  for (const handle of handles) {
    const before = collection.doc(handle);
    if (step.kind === 'remove') collection.remove(handle, before);
    else {
      const updated = applyUpdate(before, { $set: step.value ?? {} });
      if (updated) collection.replace(handle, before, updated.after, updated.body);
    }
  }
}

/** Least element ascending, greatest descending; records with equal keys may come in any order. */
function sortKey(doc: Doc, [name, direction]: readonly [string, 1 | -1]): string {
  const keys = valuesAt(doc, name.split('.')).values.map(encodeValue).sort();
  return direction === 1 ? keys[0]! : keys.at(-1)!;
}

const ids = (docs: readonly Doc[]) => docs.map((doc) => String(doc['_id']));

test(`indexed answers equal a full scan (${RUNS} random cases)`, async () => {
  const { path: directory, remove } = temporaryDirectory();
  const engine = new Engine({ path: join(directory, 'data'), maxBytes: 1 << 30 });
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const indexed = `t.indexed${++run}`;
        const plain = `t.plain${run}`;
        const both = await engine.change(() => {
          const made = [engine.ensureCollection(indexed), engine.ensureCollection(plain)];
          declareIndexes(engine, indexed, given.indexes);
          for (const collection of made) {
            given.documents.forEach((doc, i) => collection.insert({ _id: `d${i}`, ...doc }));
            for (const step of given.changes) apply(collection, step);
          }
          return made;
        });
        const all = [...both[1]!.handles()].map((handle) => both[1]!.doc(handle));
        const query = new Query(given.filter);
        const expected = all.filter((doc) => query.test(doc));
        const selection = { filter: given.filter, sort: Object.fromEntries(given.sort) };
        const [fromIndex, fromScan] = both.map((collection) =>
          handlesOf(collection, selection).map((handle) => collection.doc(handle)),
        );
        expect(ids(fromIndex!).sort()).toEqual(ids(expected).sort());
        const sortOnly = (docs: readonly Doc[]) =>
          docs.map((doc) => given.sort.map((by) => sortKey(doc, by)));
        if (given.sort.length > 0) expect(sortOnly(fromIndex!)).toEqual(sortOnly(fromScan!));
        const limited = handlesOf(both[0]!, { ...selection, limit: given.limit });
        const wanted = given.limit === 0 ? expected.length : Math.min(given.limit, expected.length);
        expect(limited).toHaveLength(wanted);
        const first = limited.map((handle) => both[0]!.doc(handle));
        expect(new Set(ids(first)).size).toBe(wanted);
        if (given.sort.length > 0) expect(sortOnly(first)).toEqual(sortOnly(fromScan!).slice(0, wanted));
        await engine.change(() => {
          engine.dropCollection(indexed);
          engine.dropCollection(plain);
        });
      }),
      { numRuns: RUNS },
    );
  } finally {
    await engine.close();
    remove();
  }
});
