import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listedShapes } from '../../kit/query-shapes/list.js';
import { isTooMuch, LargeStore } from '../../kit/query-shapes/large-store.js';
import { keyOf } from '../../kit/query-shapes/shape.js';
import { inboxPages, logPages, type Pages } from './pages.js';
import { startStoreAlone, type StoreAlone } from './process.js';

/**
 * `npm run bench:store`: the embedded store with a million entries in the look-up log, 50,000 alerts and as many records of every other
 * collection as `--others` says: how it opens, what memory it takes, what first pages take; and, with `--shapes`, which of the queries
 * that the suites send examine more than they should. `--dir DIR` keeps the data, and takes it up again.
 */
const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    alerts: { type: 'string', default: '50000' },
    others: { type: 'string', default: '10000' },
    shapes: { type: 'boolean', default: false },
    dir: { type: 'string' },
  },
});
const ROUNDS = 20;
const own = new Set(['entries', 'alerts']);
const sizeOf = (name: string) => Number(options[own.has(name) ? (name as 'entries' | 'alerts') : 'others']);
const shapes = listedShapes();

const directory = options.dir ?? mkdtempSync(join(tmpdir(), 'overblik-bench-store-'));
const empty = mkdtempSync(join(tmpdir(), 'overblik-bench-empty-'));
mkdirSync(directory, { recursive: true });
try {
  await fill();
  const bare = await startStoreAlone(empty);
  console.log(`opening an empty store: ${bare.openedMs.toFixed(0)} ms, ${bare.residentMb()} MB`);
  await bare.stop();
  const store = await startStoreAlone(directory);
  await measure(store);
  if (options.shapes) await tryShapes(store);
  console.log(`resident memory at the end: ${store.residentMb()} MB`);
  await store.stop();
} finally {
  rmSync(empty, { recursive: true, force: true });
  if (options.dir === undefined) rmSync(directory, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  const store = await startStoreAlone(directory);
  const large = new LargeStore(store.connection, () => store.examined());
  const begun = performance.now();
  const records = await large.fill(shapes, sizeOf);
  const seconds = (performance.now() - begun) / 1000;
  if (records > 0)
    console.log(
      `${records} records stored in ${seconds.toFixed(0)} s: ${(records / seconds).toFixed(0)} a second`,
    );
  await store.stop();
}

async function measure(store: StoreAlone): Promise<void> {
  const { records } = await store.connection.client.db('admin').command({ serverStatus: 1 });
  const fileMb = statSync(join(directory, 'store.lmdb')).size / (1 << 20);
  console.log(
    `opening ${String(records)} records, ${fileMb.toFixed(0)} MB: ${store.openedMs.toFixed(0)} ms, ${store.residentMb()} MB`,
  );
  await timePages(store, 'inbox', inboxPages(store.connection));
  await timePages(store, 'log', logPages(store.connection, sizeOf('entries')));
}

async function timePages(store: StoreAlone, name: string, pages: Pages): Promise<void> {
  for (const [narrowed, page] of Object.entries(pages)) {
    const before = await store.examined();
    const rows = await page();
    const examined = (await store.examined()) - before;
    const times: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const begun = performance.now();
      await page();
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const [median, most] = [times[ROUNDS / 2] ?? NaN, times.at(-1) ?? NaN];
    console.log(
      `| ${name} by ${narrowed} | ${rows.length} | ${examined} | ${median.toFixed(1)} | ${most.toFixed(1)} |`,
    );
  }
}

async function tryShapes(store: StoreAlone): Promise<void> {
  const large = new LargeStore(store.connection, () => store.examined());
  let tooMany = 0;
  for (const shape of shapes) {
    const searches = await large.try(shape, sizeOf(shape.collection));
    const worst = searches.filter(isTooMuch).sort((a, b) => b.examined - a.examined)[0];
    if (!worst) continue;
    tooMany++;
    console.log(`examined ${worst.examined} for ${worst.returned}: ${keyOf(shape)}`);
  }
  console.log(`${shapes.length} shapes tried, ${tooMany} of them examine too much`);
}
