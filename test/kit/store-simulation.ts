import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { type Collection, MongoClient, MongoServerError } from 'mongodb';
import { backUp } from '../../store/backup.js';
import { checkStore } from '../../store/embedded/check.js';
import { Engine } from '../../store/embedded/engine.js';
import { restore } from '../../store/restore.js';
import { anyOperation, GROUPS, type Model, type Operation, randomOf, type Row } from './random-writes.js';
import { killHard, limitFiles, startStoreProcess, type StoreProcess } from './store-process.js';

const FAULTS = [
  'kill',
  'kill',
  'kill',
  'full disk',
  'halted',
  'second process',
  'backup',
  'damaged record',
  'interrupted backup',
] as const;
type Fault = (typeof FAULTS)[number];

const FULL = 14031;
const DAMAGED = 22;

/** Drives a store in a process of its own by the driver, hurts it, and knows beside it what it must hold. */
export class StoreSimulation {
  /** How often each fault was met, and how many operations ran. */
  readonly figures: Record<string, number> = { operations: 0 };
  readonly #random: (below: number) => number;
  #model = new Map<string, Row>();
  #backup: { readonly directory: string; readonly model: Model } | undefined;
  #backups = 0;
  #store!: StoreProcess;
  #client!: MongoClient;

  constructor(
    readonly directory: string,
    seed: number,
  ) {
    this.#random = randomOf(seed);
  }

  get dataDir(): string {
    return join(this.directory, 'data');
  }

  async start(): Promise<void> {
    this.#store = await startStoreProcess(this.dataDir);
    this.#client = await MongoClient.connect(this.#store.uri, { retryWrites: false, retryReads: false });
    await this.#rows.createIndex({ group: 1 });
    await this.#rows.createIndex({ group: -1, _id: 1 });
  }

  /** Works for a while, meets a fault, and proves that the store holds what it must. */
  async attempt(): Promise<void> {
    for (let i = 5 + this.#random(20); i > 0; i--) await this.#act();
    const fault = FAULTS[this.#random(FAULTS.length)]!;
    this.figures[fault] = (this.figures[fault] ?? 0) + 1;
    await this.#faults[fault]();
    await this.#prove();
  }

  /** Ends the store; the file is walked, records and indexes. @returns how many records it holds, and what is wrong with it */
  async end(): Promise<{ readonly records: number; readonly faults: readonly unknown[] }> {
    await this.#kill();
    const engine = new Engine({ path: join(this.dataDir, 'store.lmdb'), maxBytes: 1 << 30 });
    const { records, faults } = checkStore(engine);
    await engine.close();
    if (records !== this.#model.size) throw new Error(`${records} records, not ${this.#model.size}`);
    return { records, faults };
  }

  get #rows(): Collection<Row> {
    return this.#client.db('t').collection<Row>('rows');
  }

  /** What a fault does; the store answers again when it has. */
  readonly #faults: Readonly<Record<Fault, () => Promise<void>>> = {
    // The operation is on its way when the process ends: in the middle of its commit, before it, or after it.
    kill: async () => {
      const operation = this.#operation();
      const running = operation.run(this.#rows).catch(() => undefined);
      for (let turn = this.#random(30); turn > 0; turn--) await new Promise((go) => setImmediate(go));
      await this.#kill();
      await running;
      await this.start();
      await this.#settle(operation);
    },
    'full disk': async () => {
      const { size } = statSync(join(this.dataDir, 'store.lmdb'));
      limitFiles(this.#store, size);
      const text = 'x'.repeat(3000);
      const big = Array.from({ length: 400 + this.#random(1200) }, (_, i) => ({
        _id: `big${i}`,
        group: 0,
        text: `${text}${i}`,
      }));
      const after = new Map(big.map((row) => [row._id, row] as const));
      const failed = await this.#run({ after, run: (rows) => rows.insertMany(structuredClone(big)) });
      if (!(failed instanceof MongoServerError) || failed.code !== FULL)
        throw new Error('a full disk was not reported', { cause: failed });
      limitFiles(this.#store, 'unlimited');
      const ids = [...after.keys()];
      await this.#run({
        after: new Map(ids.map((id) => [id, undefined])),
        run: (rows) => rows.deleteMany({ _id: { $in: ids } }),
      });
    },
    // A disk that does not answer for a while halts the store as a stopped process is halted.
    halted: async () => {
      const operation = this.#operation();
      this.#store.child.kill('SIGSTOP');
      const running = this.#run(operation);
      await new Promise((go) => setImmediate(go));
      this.#store.child.kill('SIGCONT');
      if (await running) throw new Error('an operation failed in a store that was halted');
    },
    'second process': async () => {
      const second = await startStoreProcess(this.dataDir);
      if (!second.attached) throw new Error('two processes keep one store');
    },
    backup: async () => {
      const directory = join(this.directory, `backup${++this.#backups}`);
      await backUp({
        dataDir: this.dataDir,
        to: directory,
        logKeys: [],
        onProgress: () => undefined,
        proveLog: () => Promise.resolve(),
      });
      if (this.#backup) rmSync(this.#backup.directory, { recursive: true });
      this.#backup = { directory, model: new Map(this.#model) };
    },
    'interrupted backup': async () => {
      const to = join(this.directory, 'interrupted');
      const proveLog = () => Promise.reject(new Error('broken off'));
      const failed = await backUp({
        dataDir: this.dataDir,
        to,
        logKeys: [],
        onProgress: () => undefined,
        proveLog,
      }).catch((error: unknown) => error);
      if (!(failed instanceof Error)) throw new Error('a backup that was broken off was kept');
      rmSync(to, { recursive: true });
    },
    'damaged record': async () => {
      const [row] = this.#model.values();
      if (!row || !this.#backup) return;
      await this.#kill();
      this.#damage(row.text);
      await this.start();
      const failed = await this.#rows
        .find({ _id: row._id })
        .toArray()
        .catch((error: unknown) => error);
      if (!(failed instanceof MongoServerError) || failed.code !== DAMAGED)
        throw new Error('a damaged record was answered', { cause: failed });
      for (const { _id } of [...this.#model.values()].slice(1, 20)) await this.#rows.find({ _id }).toArray();
      await this.#kill();
      rmSync(this.dataDir, { recursive: true });
      const { directory, model } = this.#backup;
      await restore({
        from: directory,
        dataDir: this.dataDir,
        onProgress: () => undefined,
        proveLog: () => () => Promise.resolve(),
      });
      this.#model = new Map(model);
      await this.start();
    },
  };

  #damage(text: string): void {
    const path = join(this.dataDir, 'store.lmdb');
    const bytes = readFileSync(path);
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) bytes[at]! ^= 1;
    writeFileSync(path, bytes);
  }

  async #kill(): Promise<void> {
    await killHard(this.#store);
    await this.#client.close();
  }

  /** @returns why the operation failed; undefined when it did not */
  async #run(operation: Operation): Promise<unknown> {
    this.figures['operations']!++;
    const failed = await operation.run(this.#rows).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failed) await this.#settle(operation);
    else this.#apply(operation.after);
    return failed;
  }

  async #act(): Promise<void> {
    const failed = await this.#run(this.#operation());
    if (failed) throw new Error('an operation failed without a fault', { cause: failed });
  }

  #apply(after: Operation['after']): void {
    for (const [id, row] of after)
      if (row) this.#model.set(id, row);
      else this.#model.delete(id);
  }

  /** Of an operation without an answer each record is as before or as after, and nothing else. */
  async #settle({ after }: Operation): Promise<void> {
    const found = new Map(
      (await this.#rows.find({ _id: { $in: [...after.keys()] } }).toArray()).map((row) => [row._id, row]),
    );
    for (const [id, row] of after) {
      const now = found.get(id);
      if (!isDeepStrictEqual(now, row) && !isDeepStrictEqual(now, this.#model.get(id)))
        throw new Error('a record is neither as before nor as after an operation');
      this.#apply(new Map([[id, now]]));
    }
  }

  async #prove(): Promise<void> {
    const all = await this.#rows.find({}).toArray();
    const held = new Map(all.map((row) => [row._id, row]));
    if (held.size !== all.length || !isDeepStrictEqual(sorted(held), sorted(this.#model)))
      throw new Error('the store does not hold what was acknowledged');
    const group = this.#random(GROUPS);
    const found = await this.#rows.find({ group }).toArray();
    const expected = new Map([...this.#model].filter(([, row]) => row.group === group));
    if (!isDeepStrictEqual(sorted(new Map(found.map((row) => [row._id, row]))), sorted(expected)))
      throw new Error('an index does not lead to what the store holds');
    if ((await this.#rows.countDocuments()) !== this.#model.size) throw new Error('the store miscounts');
  }

  #operation(): Operation {
    return anyOperation(this.#random, this.#model);
  }
}

function sorted(model: ReadonlyMap<string, Row>): Row[] {
  return [...model.values()].sort((a, b) => (a._id < b._id ? -1 : 1));
}
