import { calculateJwkThumbprint, decodeProtectedHeader, type JWK } from 'jose';
import { type KeyChangeTerms, signKeyChange } from './key-list.js';
import type { AuditCollections } from './mongo-sink.js';

/** `recorded`: the change holds. `known`: it did already. Anything else: nothing was changed, and why. */
export type KeyChangeResult = 'recorded' | 'known' | 'same-key' | 'signed-nothing' | 'other-successor';

/** Records that one key of the log follows another. A key has one successor: a second try with another changes nothing. */
export async function recordKeyChange(
  collections: AuditCollections,
  terms: KeyChangeTerms,
): Promise<KeyChangeResult> {
  const change = await signKeyChange(terms);
  if (change._id === change.next) return 'same-key';
  const before = await collections.keyChanges.findOne({ _id: change._id });
  if (before) return before.next === change.next ? 'known' : 'other-successor';
  if (!(await hasSigned(collections, terms.old))) return 'signed-nothing';
  await collections.keyChanges.insertOne(change, { writeConcern: { w: 'majority', journal: true } });
  return 'recorded';
}

/** Two keys given in the wrong order would end the wrong one. */
async function hasSigned({ checkpoints, keyChanges }: AuditCollections, key: JWK): Promise<boolean> {
  if (await keyChanges.findOne({ next: await calculateJwkThumbprint(key) })) return true;
  for await (const { jws } of checkpoints.find({}, { projection: { jws: 1 } }))
    if (decodeProtectedHeader(jws).kid === key.kid) return true;
  return false;
}
