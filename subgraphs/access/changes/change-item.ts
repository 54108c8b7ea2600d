import { GraphQLError } from 'graphql';
import type { ChangeContent, ChangeTarget } from '../../../schema/generated/access.js';
import { badInput, codedError } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { canonicalId } from '../../shared/scalars/uuid.js';
import type { Context } from '../context.js';
import { boundariesOf } from '../governed/effective.js';
import { type Actor, emptyItem, type ItemName } from '../governed/life-cycle.js';
import { kindOf, presentContent } from '../reads/governed.js';
import type { Content, GovernedRecord } from '../source/records.js';

export type ChangePermission = 'access-administer' | 'access-approve' | 'access-view';

/** Answer to a change; STALE changed nothing. */
export interface ChangeAnswer {
  readonly outcome: 'DONE' | 'STALE';
  readonly item: GovernedRecord | null;
  readonly submitted: ChangeContent | null;
}

export interface Change {
  /** What is done, for the log. */
  readonly name: string;
  readonly permission: ChangePermission;
  readonly target: ChangeTarget;
  /** Whether decisions rest on the outcome: every gateway must learn of it. */
  readonly takesEffect: boolean;
  /** @returns the thing as it should become, or throws a coded error */
  readonly apply: (
    item: GovernedRecord,
    actor: Actor,
    permit: Permit<ChangePermission>,
  ) => GovernedRecord | Promise<GovernedRecord>;
}

const MAX_KEY = 300;

/**
 * Makes one change by compare-and-set on the revision it started from. The attempt is in the log before it takes effect,
 * a refusal with its code after it; whoever started from an older revision gets both versions and nothing is changed.
 */
export async function changeItem(context: Context, change: Change): Promise<ChangeAnswer> {
  const { name, permission } = change;
  const target = { ...change.target, key: canonicalId(change.target.key) };
  if (target.key.length > MAX_KEY || target.revision < 0)
    throw badInput('target', 'a key and the revision it was read at');
  const subject = {
    event: 'access-changed' as const,
    asked: [`${kindOf(target.kind)}|${target.key}`],
    criteria: [{ name: 'change', value: name }],
  };
  let submitted: Content | undefined;
  try {
    const item = await context.guard.change(permission, subject, (permit) =>
      applyTo(context, { ...change, target }, permit, (content) => (submitted = content)),
    );
    return { outcome: 'DONE', item, submitted: null };
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== 'CHANGE_STALE') throw error;
    return answerStale(context, { ...change, target }, submitted);
  }
}

async function applyTo(
  { source, versions, claims, now }: Context,
  { target, takesEffect, apply }: Change,
  permit: Permit<ChangePermission>,
  onContent: (content: Content | undefined) => void,
): Promise<GovernedRecord> {
  const { cvr, subject } = claims.caller;
  const name: ItemName = { kind: kindOf(target.kind), cvr, key: target.key };
  const before = (await source.item(permit, name.kind, name.key)) ?? emptyItem(name);
  const actor = { subject, at: now() };
  const isStale = before.revision !== target.revision;
  // A stale draft is still read, so that both versions can be shown.
  const after = isStale && takesEffect ? before : await apply(before, actor, permit);
  onContent(after.draft?.content);
  if (isStale) throw codedError('CHANGE_STALE');
  const write = () => source.replace(permit, after, before.revision);
  const newest = after.versions.at(-1);
  const times = newest ? boundariesOf(newest.content, newest.activeFrom, actor.at) : [];
  const won = takesEffect ? await versions.change(permit, cvr, times, write) : await write();
  if (!won) throw codedError('CHANGE_STALE');
  return after;
}

async function answerStale(
  context: Context,
  { target }: Change,
  submitted: Content | undefined,
): Promise<ChangeAnswer> {
  const found = await context.guard.read(
    'access-view',
    { event: 'access-viewed', asked: [target.key] },
    (permit) => context.source.item(permit, kindOf(target.kind), target.key),
    (item) => ({ objects: item ? [item._id] : [] }),
  );
  return {
    outcome: 'STALE',
    item: found.permitted ? found.value : null,
    submitted: submitted ? presentContent(submitted, context.claims.caller.cvr) : null,
  };
}
