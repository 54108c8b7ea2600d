import { describe, expect, test } from '@jest/globals';
import { within } from '../../../gateway/transport/within.js';

const never = new Promise<string>(() => undefined);

describe('waiting within a time', () => {
  test('gives what the work gives, and leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const isLate = { asked: false };
    const late = () => {
      isLate.asked = true;
      return 'late';
    };
    await expect(within(60_000, Promise.resolve('done'), late)).resolves.toBe('done');
    await expect(within(60_000, Promise.reject(new Error('broken')), late)).rejects.toThrow('broken');
    expect(isLate.asked).toBe(false);
    expect(timers()).toBe(before);
  });

  test('gives the other answer when the time has passed', async () => {
    await expect(within(1, never, () => 'late')).resolves.toBe('late');
  });

  test('throws what the other answer throws', async () => {
    const late = () => {
      throw new Error('too late');
    };
    await expect(within(1, never, late)).rejects.toThrow('too late');
  });
});
