import type { Db } from 'mongodb';
import { codedError } from '../../shared/errors/coded-error.js';
import { boundariesOf } from '../governed/effective.js';
import { beginWith, emptyItem, type ItemName, propose, writeDraft } from '../governed/life-cycle.js';
import { accessCollections } from '../source/collections.js';
import type { AuthorityRecord, Content, GovernedRecord, ProviderRecord } from '../source/records.js';
import { replaceGoverned } from '../source/replace-governed.js';
import { VersionSource } from '../source/version-source.js';
import { SET_UP_BY } from './set-up-by.js';

/** A content that is to become what a municipality has. */
export interface WantedContent {
  readonly name: ItemName;
  readonly content: Content;
  /** The thing as it was read; null when there was none. */
  readonly present: GovernedRecord | null;
  /** Puts it in force for an authority that begins; leaves it to be decided by the authority's own people otherwise. */
  readonly way: 'begins' | 'decided';
}

/**
 * Writes one content: in force at once where an authority begins, else as a proposal, which somebody else approves. A
 * mapping becomes a draft: whoever proposes it must have looked at its impact.
 * @throws CHANGE_STALE when somebody changed it since it was read; nothing is written then
 */
export async function writeContent(database: Db, wanted: WantedContent, at: Date): Promise<void> {
  const collections = accessCollections(database);
  const { name, content, present, way } = wanted;
  const before = present ?? emptyItem(name);
  const after = way === 'begins' ? beginWith(before, content, SET_UP_BY, at) : asked(before, content, at);
  const write = () => replaceGoverned(collections, after, before.revision);
  const versions = new VersionSource(collections, () => at);
  const won =
    way === 'begins'
      ? await versions.changeAsOwner(name.cvr, boundariesOf(content, at, at), write)
      : await write();
  if (!won) throw codedError('CHANGE_STALE');
}

function asked(before: GovernedRecord, content: Content, at: Date): GovernedRecord {
  const actor = { subject: SET_UP_BY.by, at };
  const drafted = writeDraft(before, content, SET_UP_BY.why, actor);
  if (content.kind === 'mapping') return drafted;
  // One change of the thing, one revision.
  return { ...propose(drafted, actor), revision: drafted.revision };
}

/** Writes who is served and where its people sign in: last of all, so that nobody signs in to a half of it. */
export async function writeAuthorities(
  database: Db,
  authorities: readonly AuthorityRecord[],
  providers: readonly ProviderRecord[],
): Promise<void> {
  const { authorities: known, providers: signIns } = accessCollections(database);
  for (const authority of authorities)
    await known.replaceOne({ _id: authority._id }, authority, { upsert: true });
  for (const provider of providers)
    await signIns.replaceOne({ _id: provider._id }, provider, { upsert: true });
}
