import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort, type Program, startProcess } from '../../kit/stack.js';
import { temporaryDirectory } from '../../kit/store.js';

let directory: string;
let remove: () => void;
const running: Program[] = [];
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.kill()));
  remove();
});

async function startGateway(): Promise<{ program: Program; url: string }> {
  const port = String(await freePort());
  const program = startProcess('programs/gateway.js', {
    DATA_DIR: directory,
    PORT: port,
    OPERATIONS_PORT: String(await freePort()),
    SEED_CITIZENS: '0',
  });
  running.push(program);
  await program.says(/Overblik answers at/);
  return { program, url: `http://127.0.0.1:${port}` };
}

test('a second gateway on the data directory is ready again within 5 s when the first is killed', async () => {
  const first = await startGateway();
  const second = await startGateway();
  const ready = async () => (await fetch(`${second.url}/health/ready`)).status === 200;
  await first.program.kill();
  const from = performance.now();
  await second.program.says(/embedded store taken over/);
  while (!(await ready())) expect(performance.now() - from).toBeLessThan(5000);
  expect(performance.now() - from).toBeLessThan(5000);
}, 240_000);
