import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BOX, fitting, inRows, layOut, type Drawn } from '../../../web/pages/citizen/relations/layout.js';

const rowsArbitrary = fc
  .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 6 })
  .map((sizes) =>
    sizes.map((size, i) =>
      Array.from({ length: size }, (_, j): Drawn => ({ key: `${i}-${j}`, label: 'x', isSelf: false })),
    ),
  );

test('every person has a separate place inside the drawing', () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows) => {
      const { persons, width, height } = layOut(rows);
      expect(persons.map(({ key }) => key)).toEqual(rows.flat().map(({ key }) => key));
      for (const { x, y } of persons) {
        expect(x - BOX.width / 2).toBeGreaterThanOrEqual(0);
        expect(x + BOX.width / 2).toBeLessThanOrEqual(width);
        expect(y + BOX.height / 2).toBeLessThanOrEqual(height);
      }
      for (const [i, person] of persons.entries())
        for (const other of persons.slice(i + 1))
          expect(
            Math.abs(person.x - other.x) >= BOX.width || Math.abs(person.y - other.y) >= BOX.height,
          ).toBe(true);
    }),
  );
});

test('rows hold so many, in order; a long name is cut', () => {
  expect(inRows([1, 2, 3, 4], 3)).toEqual([[1, 2, 3], [4]]);
  expect(inRows([], 3)).toEqual([]);
  expect(fitting('Bertram Gammelgyde')).toBe('Bertram Gammelgyde');
  expect(fitting('Bertram Gammelgyde Nielsen')).toHaveLength(20);
});
