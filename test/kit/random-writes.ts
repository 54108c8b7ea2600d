import type { Collection } from 'mongodb';

export interface Row {
  readonly _id: string;
  readonly group: number;
  readonly text: string;
}
export type Model = ReadonlyMap<string, Row>;

/** What one operation asks of the store, and what each record it touches is afterwards; undefined for one that is gone. */
export interface Operation {
  readonly after: ReadonlyMap<string, Row | undefined>;
  run(rows: Collection<Row>): Promise<unknown>;
}

const IDS = 300;
export const GROUPS = 12;
type Random = (below: number) => number;

/** @returns numbers from 0 up to a bound, the same for the same seed (mulberry32) */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** @returns an operation that changes what a model holds */
export function anyOperation(random: Random, model: Model): Operation {
  const id = () => `r${random(IDS)}`;
  const row = (_id: string): Row => ({
    _id,
    group: random(GROUPS),
    text: `text ${_id} ${random(1_000_000)} ${'x'.repeat(random(3000))}`,
  });
  const kinds = [
    () =>
      insertion(
        Array.from({ length: 1 + random(20) }, id)
          .filter((wanted) => !model.has(wanted))
          .map(row),
      ),
    () => replacement(row(id())),
    () => move(model, random(GROUPS), random(GROUPS)),
    () => removal([id(), id(), id()]),
  ];
  return kinds[random(kinds.length)]!();
}

function insertion(rows: readonly Row[]): Operation {
  const after = new Map(rows.map((row) => [row._id, row]));
  const run = async (all: Collection<Row>) => {
    if (after.size > 0) await all.insertMany(structuredClone([...after.values()]));
  };
  return { after, run };
}

function replacement(row: Row): Operation {
  const { _id, ...rest } = row;
  return { after: new Map([[_id, row]]), run: (rows) => rows.replaceOne({ _id }, rest, { upsert: true }) };
}

function move(model: Model, from: number, to: number): Operation {
  const moved = [...model.values()].filter(({ group }) => group === from);
  const after = new Map(moved.map((row) => [row._id, { ...row, group: to }]));
  return { after, run: (rows) => rows.updateMany({ group: from }, { $set: { group: to } }) };
}

function removal(ids: readonly string[]): Operation {
  const after = new Map(ids.map((id) => [id, undefined]));
  return { after, run: (rows) => rows.deleteMany({ _id: { $in: ids } }) };
}
