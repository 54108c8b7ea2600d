import { expect, test } from '@jest/globals';
import { LookUps, lookUpsFirst } from '../../../gateway/http/look-ups-first.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';

const LONG = 60_000;

/** Ports that note what they are asked; nothing else of them is used here. */
function notingPorts(steps: string[]): SubgraphPorts {
  const port = (name: string) => ({
    finish: (handover: string) => {
      steps.push(`${name} ${handover}`);
      return Promise.resolve();
    },
  });
  const names = ['citizens', 'cases', 'documents', 'benefits', 'alerts', 'access'];
  return Object.fromEntries(names.map((name) => [name, port(name)])) as unknown as SubgraphPorts;
}

test('a step of a delivery waits until the last look-up under way has ended', async () => {
  const lookUps = new LookUps();
  const steps: string[] = [];
  const ports = lookUpsFirst(notingPorts(steps), lookUps);
  await ports.cases.finish('alone');
  const [endFirst, endSecond] = [lookUps.begin(), lookUps.begin()];
  const step = ports.cases.finish('beside look-ups');
  endFirst();
  endFirst();
  await Promise.resolve();
  expect(steps).toEqual(['cases alone']);
  endSecond();
  await step;
  expect(steps).toEqual(['cases alone', 'cases beside look-ups']);
});

test('a look-up that never ends holds the delivery of a batch up for a while, once', async () => {
  const lookUps = new LookUps();
  lookUps.begin();
  const steps: string[] = [];
  const ports = lookUpsFirst(notingPorts(steps), lookUps);
  for (const name of ['1', '2', '3']) await ports.cases.finish(name);
  expect(steps).toEqual(['cases 1', 'cases 2', 'cases 3']);
});

test('whoever has waited long enough goes on, and whoever waits longer goes when it is quiet', async () => {
  const lookUps = new LookUps();
  const end = lookUps.begin();
  const waited = await Promise.all(Array.from({ length: 20 }, () => lookUps.quiet(1)));
  expect(waited.every((ms) => ms > 0 && ms < LONG)).toBe(true);
  const late = lookUps.quiet(LONG);
  end();
  expect(await late).toBeLessThan(LONG);
  expect(await lookUps.quiet(LONG)).toBe(0);
});
