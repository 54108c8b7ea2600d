import { expect, test } from '@jest/globals';
import { changedLines } from '../../../web/pages/access/changed-lines.js';

const line = (name: string, ...values: string[]) => ({ name, values, void: null });

test('what is said otherwise has both sides, what is new and what is gone with one, and what stays not at all', () => {
  const before = [line('Navn', 'A'), line('Se sager', 'KLE 32.*', 'fortrolige'), line('Se notater', 'givet')];
  const after = [line('Navn', 'A'), line('Se sager', 'KLE 32.*', 'følsomme'), line('Se ydelser', 'givet')];
  expect(changedLines(before, after)).toEqual([
    { name: 'Se sager', before: ['KLE 32.*', 'fortrolige'], after: ['KLE 32.*', 'følsomme'] },
    { name: 'Se ydelser', before: null, after: ['givet'] },
    { name: 'Se notater', before: ['givet'], after: null },
  ]);
  expect(changedLines(after, after)).toEqual([]);
});
