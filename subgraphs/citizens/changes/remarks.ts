import { randomUUID } from 'node:crypto';
import type { RemarkInput } from '../../../schema/generated/citizens.js';
import { addYears } from '../../shared/days/calendar.js';
import { badInput } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { checkText } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { RemarkRecord } from '../source/records.js';

/** Longest time a remark is shown: it is looked at anew after that. */
const MAX_YEARS = 5;

/** Writes a remark of one of the municipality's types that ends by a date. */
export function writeRemark(context: Context, input: RemarkInput): Promise<RemarkRecord> {
  const citizenId = requireUuid('input.citizenId', input.citizenId);
  const { caller } = context.claims;
  return context.guard.change('remark-write', { event: 'remark-changed', citizenId }, async (permit) => {
    if (!caller.remarkTypes.includes(input.type))
      throw badInput('input.type', 'one of the municipality’s types of remarks');
    const text = checkText('input.text', input.text, 1, 1000, { lines: true });
    const last = addYears(context.today, MAX_YEARS);
    if (input.validTo < context.today || input.validTo > last)
      throw badInput('input.validTo', `today or later, at most ${MAX_YEARS} years on`);
    const personKey = await context.remarks.keyOf(permit, citizenId);
    if (personKey === null) throw badInput('input.citizenId', 'a person within your reach');
    const remark: RemarkRecord = {
      _id: randomUUID(),
      registeredAt: context.now(),
      rev: 1,
      source: 'OVERBLIK',
      cvr: caller.cvr,
      citizenId,
      personKey,
      type: input.type,
      text,
      validFrom: context.today,
      validTo: input.validTo,
    };
    await context.remarks.add(permit, remark);
    return remark;
  });
}

/** Takes a remark of the own authority away. */
export function deleteRemark(context: Context, rawId: string): Promise<boolean> {
  const id = requireUuid('id', rawId);
  const findParties = (permit: Permit<'remark-write'>) => context.remarks.partiesOf(permit, id);
  return context.guard.change(
    'remark-write',
    { event: 'remark-changed', asked: [id], findParties },
    (permit) => context.remarks.remove(permit, id),
  );
}
