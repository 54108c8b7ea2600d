// A process that is killed in the middle of what it does: killed.mjs write|copy|migrate DIRECTORY [TO]
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const dist = join(import.meta.dirname, '..', '..', '..', 'dist', 'store');
const { Engine } = await import(join(dist, 'embedded', 'engine.js'));
const [, , task, directory, to] = process.argv;
const say = (line) => writeSync(1, `${line}\n`);
const open = () => new Engine({ path: join(directory, 'store.lmdb'), maxBytes: 1 << 30 });

/** Makes each change that comes as a line, and says so when it is on disk. */
async function write() {
  const engine = open();
  await engine.change(() => engine.ensureCollection('t.rows'));
  say('ready');
  for await (const line of createInterface(process.stdin)) {
    await engine.change(() => {
      const rows = engine.ensureCollection('t.rows');
      for (const [_id, text] of JSON.parse(line)) {
        const handle = rows.handleOf(_id);
        if (handle !== undefined) rows.remove(handle, rows.doc(handle));
        if (text !== null) rows.insert({ _id, group: _id % 7, text });
      }
    });
    say('kept');
  }
}

async function copy() {
  const { backUp } = await import(join(dist, 'backup.js'));
  say('ready');
  const proveLog = () => Promise.resolve();
  await backUp({ dataDir: directory, to, logKeys: [], onProgress: () => undefined, proveLog });
  say('kept');
}

/** Makes the data one version older than it is, and brings it up again. */
async function migrate() {
  const { migrate: run } = await import(join(dist, 'embedded', 'migrations', 'migrate.js'));
  const engine = open();
  await engine.change(() => engine.markVersion(1));
  say('ready');
  await run(engine, undefined);
  say('kept');
}

await { write, copy, migrate }[task]();
