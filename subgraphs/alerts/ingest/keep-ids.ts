import type { Db } from 'mongodb';
import { keepKnown, keepRecords, lowerCaseIds } from '../../shared/in-step/lower-case-ids.js';
import { alertCollections } from '../source/collections.js';
import { alertStore } from './alerts-ingest.js';

/** Spells the ids of everything stored here in lower case, once. @returns how many documents were changed */
export function keepAlertIds(database: Db): Promise<number> {
  const collections = alertCollections(database);
  const { groups, messages, early, reminders, searches } = collections;
  const alerts = keepRecords(alertStore(collections), {
    handOver: (changed) => changed.map(({ _id }) => _id),
  });
  const others = [
    keepKnown(groups),
    keepKnown(messages),
    keepKnown(early),
    keepKnown(reminders),
    keepKnown(searches),
  ];
  return lowerCaseIds(database, [alerts], others);
}
