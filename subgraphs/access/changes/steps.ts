import type { ChangeTarget } from '../../../schema/generated/access.js';
import { badInput } from '../../shared/errors/coded-error.js';
import { checkWhy } from '../../shared/scalars/check-text.js';
import type { Context } from '../context.js';
import { approve, backToDraft, endAgreement, propose, reject, undo } from '../governed/life-cycle.js';
import { type ChangeAnswer, changeItem } from './change-item.js';

/** Proposes the draft. */
export function proposeChange(context: Context, target: ChangeTarget): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'propose',
    permission: 'access-administer',
    target,
    takesEffect: false,
    apply: propose,
  });
}

/** Takes a proposal back. */
export function withdrawChange(context: Context, target: ChangeTarget): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'withdraw',
    permission: 'access-administer',
    target,
    takesEffect: false,
    apply: (item) => backToDraft(item, null),
  });
}

/** Rejects somebody else's proposal. */
export function rejectChange(context: Context, target: ChangeTarget, why: string): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'reject',
    permission: 'access-approve',
    target,
    takesEffect: false,
    apply: (item, actor) => reject(item, checkWhy('why', why), actor),
  });
}

/** Approves somebody else's proposal. */
export function approveChange(
  context: Context,
  target: ChangeTarget,
  digest: string,
  activeFrom: Date | null,
): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'approve',
    permission: 'access-approve',
    target,
    takesEffect: true,
    apply: (item, actor) => approve(item, digest, activeFrom, actor),
  });
}

/** Undoes the newest approved version. */
export function undoChange(context: Context, target: ChangeTarget, why: string): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'undo',
    permission: 'access-view',
    target,
    takesEffect: true,
    apply: (item, actor) => undo(item, checkWhy('why', why), actor),
  });
}

/** Ends a service agreement. */
export function endAgreementNow(context: Context, target: ChangeTarget, why: string): Promise<ChangeAnswer> {
  if (target.kind !== 'AGREEMENT') throw badInput('target.kind', 'AGREEMENT');
  return changeItem(context, {
    name: 'end',
    permission: 'access-administer',
    target,
    takesEffect: true,
    apply: (item, actor) => endAgreement(item, checkWhy('why', why), actor),
  });
}
