import { expect, test } from '@jest/globals';
import { EventIntake } from '../../../../subgraphs/alerts/ingest/events-ingest.js';
import type { AlertCollections } from '../../../../subgraphs/alerts/source/collections.js';
import type { Handovers } from '../../../../subgraphs/shared/in-step/handovers.js';
import { DANISH_MOMENTS } from '../../../kit/danish-moments.js';

test.each(DANISH_MOMENTS)('a clean-up at %s (%s) takes alerts that are due by %s', async (_says, at, day) => {
  const asked: object[] = [];
  const forgets = { deleteMany: () => Promise.resolve({ deletedCount: 0 }) };
  const alerts = {
    deleteMany: (filter: object) => {
      asked.push(filter);
      return Promise.resolve({ deletedCount: 3 });
    },
  };
  const collections = { messages: forgets, early: forgets, alerts } as unknown as AlertCollections;
  const intake = new EventIntake(collections, {} as Handovers);
  expect(await intake.cleanUp(new Date(at))).toBe(3);
  expect(asked).toEqual([{ deleteAfter: { $lte: day }, state: 'COMPLETED' }]);
});
