import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { answersOf, storedFields } from '../../../../subgraphs/shared/records/stored-fields.js';

const shapes = { name: z.string(), kinds: z.array(z.string()).default([]), hidden: z.string().nullable() };
const record = { name: 'Dagpenge', kinds: ['A'], hidden: null, source: 'KSD', kept: 1 };

test('what is stored as it came are the fields whose shapes are given, and no others', () => {
  expect(storedFields(record, shapes)).toEqual({ name: 'Dagpenge', kinds: ['A'], hidden: null });
});

test('answers are the stored values of all fields but those left out', () => {
  const answers = answersOf(shapes, { but: ['hidden'] });
  expect(Object.keys(answers)).toEqual(['name', 'kinds']);
  expect(answers.name(record)).toBe('Dagpenge');
  expect(answers.kinds(record)).toEqual(['A']);
});

test('a field that a record lacks is no answer, even one that every object inherits', () => {
  const { constructor: answer } = answersOf({ constructor: z.string() }, { but: [] });
  expect(answer({} as never)).toBeUndefined();
});
