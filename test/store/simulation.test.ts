import { afterEach, expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { killStoreProcesses } from '../kit/store-process.js';
import { StoreSimulation } from '../kit/store-simulation.js';
import { temporaryDirectory } from '../kit/store.js';

/** A few faults with each run; `SIMULATION_FAULTS=1000 SIMULATION_MINUTES=10` for long (docs/operations.md). */
const FAULTS = Number(process.env['SIMULATION_FAULTS'] ?? 8);
const MINUTES = Number(process.env['SIMULATION_MINUTES'] ?? 1);
const SEED = Number(process.env['SIMULATION_SEED'] ?? 20_261_128);

const { path: directory, remove } = temporaryDirectory();
afterEach(async () => {
  await killStoreProcesses();
  remove();
});

test(
  `a store that is hurt holds what it has acknowledged (seed ${SEED}, ${FAULTS} faults)`,
  async () => {
    mkdirSync(join(directory, 'data'));
    const simulation = new StoreSimulation(directory, SEED);
    await simulation.start();
    const until = performance.now() + MINUTES * 60_000;
    let attempts = 0;
    for (; attempts < FAULTS && performance.now() < until; attempts++) await simulation.attempt();
    const { records, faults } = await simulation.end();
    if (FAULTS > 50) console.log(JSON.stringify({ attempts, records, ...simulation.figures }));
    expect(faults).toEqual([]);
    expect(attempts).toBeGreaterThan(0);
  },
  (MINUTES + 2) * 60_000,
);
