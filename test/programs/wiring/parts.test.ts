import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startParts } from '../../../programs/wiring/parts.js';

/** Starts parts by name; `faults` names those that do not start or stop. */
async function run(names: readonly string[], faults: { start?: string; stop?: readonly string[] } = {}) {
  const seen: string[] = [];
  const failures: string[] = [];
  const started = startParts(
    async (start) => {
      for (const name of names)
        await start(
          name,
          () => {
            if (name === faults.start) throw new Error(`${name} did not start`);
            seen.push(`start ${name}`);
            return name;
          },
          async (part) => {
            // A part stops before the next one begins to.
            await new Promise(setImmediate);
            seen.push(`stop ${part}`);
            if (faults.stop?.includes(part)) throw new Error(`${part} did not stop`);
          },
        );
      return names.length;
    },
    (error, part) => void failures.push(`${part}: ${(error as Error).message}`),
  );
  const failed = await started.then(
    () => undefined,
    (error: unknown) => error,
  );
  return { seen, failures, failed, running: failed === undefined ? await started : undefined };
}

const startsOf = (names: readonly string[]) => names.map((name) => `start ${name}`);
const stopsOf = (names: readonly string[]) => names.toReversed().map((name) => `stop ${name}`);
const someNames = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 8 });

test('parts stop in the reverse order in which they started, once', async () => {
  await fc.assert(
    fc.asyncProperty(someNames, async (names) => {
      const { seen, running } = await run(names);
      expect(seen).toEqual(startsOf(names));
      expect(running!.parts).toBe(names.length);
      await Promise.all([running!.stop(), running!.stop()]);
      expect(seen).toEqual([...startsOf(names), ...stopsOf(names)]);
    }),
  );
});

test('when a part does not start, those before it stop in reverse, and its error is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(someNames, fc.nat(), async (names, at) => {
      const bad = names[at % names.length]!;
      const before = names.slice(0, names.indexOf(bad));
      const { seen, failed, failures } = await run(names, { start: bad });
      expect(failed).toEqual(new Error(`${bad} did not start`));
      expect(seen).toEqual([...startsOf(before), ...stopsOf(before)]);
      expect(failures).toEqual([]);
    }),
  );
});

test('when a part does not stop, the others still do, and its error is reported and thrown', async () => {
  const { seen, failures, running } = await run(['store', 'log', 'page'], { stop: ['log'] });
  await expect(running!.stop()).rejects.toMatchObject({ errors: [new Error('log did not stop')] });
  expect(seen).toEqual([...startsOf(['store', 'log', 'page']), ...stopsOf(['store', 'log', 'page'])]);
  expect(failures).toEqual(['log: log did not stop']);
});

test('a failed start is reported rather than a stop that fails after it', async () => {
  const { failures, failed, seen } = await run(['store', 'log', 'page'], { start: 'page', stop: ['log'] });
  expect(failed).toEqual(new Error('page did not start'));
  expect(failures).toEqual(['log: log did not stop']);
  expect(seen.at(-1)).toBe('stop store');
});

test('what fails between two parts stops those that have started', async () => {
  const seen: string[] = [];
  const started = startParts(
    async (start) => {
      await start(
        'store',
        () => 'store',
        (part) => seen.push(part),
      );
      throw new Error('the settings do not fit');
    },
    () => undefined,
  );
  await expect(started).rejects.toThrow('the settings do not fit');
  expect(seen).toEqual(['store']);
});
