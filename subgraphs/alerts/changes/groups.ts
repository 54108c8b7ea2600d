import { randomUUID } from 'node:crypto';
import type { AlertGroupInput } from '../../../schema/generated/alerts.js';
import { badInput, codedError } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { isOwnName } from '../../shared/names/own-value.js';
import { isKleNumber, isKlePattern } from '../../shared/policy/kle.js';
import { REGISTER_EVENTS } from '../../shared/records/register-events.js';
import { checkNumber, checkText } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { AlertGroupRecord } from '../source/records.js';

const MAX_ITEMS = 100;
const MAX_AGE = 130;

/** Makes an alert group or changes one; a change made from an older revision is refused. */
export function saveAlertGroup(context: Context, input: AlertGroupInput): Promise<AlertGroupRecord> {
  const asked = input.id == null ? [] : [requireUuid('input.id', input.id)];
  return context.guard.change('alert-administer', { event: 'alert-group-changed', asked }, async (permit) => {
    const group = groupOf(context, input, asked[0] ?? randomUUID());
    await checkReceivers(context, group);
    await checkCovered(context, permit, group);
    if (asked[0] !== undefined) await changeable(context, permit, 'input.id', asked[0]);
    if (asked.length === 0) await context.groups.add(permit, { ...group, revision: 1 });
    else if (!(await context.groups.replace(permit, group))) throw codedError('CHANGE_STALE');
    return group;
  });
}

/** Ends a group today; what it has made stays. */
export function endAlertGroup(context: Context, rawId: string): Promise<AlertGroupRecord> {
  const id = requireUuid('id', rawId);
  return context.guard.change(
    'alert-administer',
    { event: 'alert-group-changed', asked: [id] },
    async (permit) => {
      const known = await changeable(context, permit, 'id', id);
      const { subject } = context.claims.caller;
      const ended = { ...known, validTo: context.today, revision: known.revision + 1, changedBy: subject };
      if (!(await context.groups.replace(permit, ended))) throw codedError('CHANGE_STALE');
      return ended;
    },
  );
}

type AdministerPermit = Permit<'alert-administer'>;

/** Alerts to a unit or user that is not there would reach nobody, and nobody would miss them. */
async function checkReceivers(
  { references, claims }: Context,
  { receivers }: AlertGroupRecord,
): Promise<void> {
  const { cvr } = claims.caller;
  for (const { kind, id } of receivers)
    if (!(kind === 'UNIT' ? await references.hasUnit(cvr, id) : await references.user(cvr, id)))
      throw badInput('input.receivers.id', 'a unit or a user of the own authority');
}

async function checkCovered(
  context: Context,
  permit: AdministerPermit,
  group: AlertGroupRecord,
): Promise<void> {
  if (!(await isCovered(context, permit, group)))
    throw badInput('input', 'within the areas and units of your right to administer alerts');
}

async function isCovered(
  { references }: Context,
  { access }: AdministerPermit,
  { cvr, kle, topic, receivers }: AlertGroupRecord,
): Promise<boolean> {
  const units = await Promise.all(
    receivers.map(async ({ kind, id }) =>
      kind === 'UNIT' ? id : ((await references.user(cvr, id))?.unit ?? null),
    ),
  );
  return access.covers({ kle, topic, units });
}

/** @returns a group the caller may change or end. */
async function changeable(
  context: Context,
  permit: AdministerPermit,
  field: string,
  id: string,
): Promise<AlertGroupRecord> {
  const known = await context.groups.byId(permit, id);
  if (!known || !(await isCovered(context, permit, known)))
    throw badInput(field, 'an alert group within the areas and units of your right to administer alerts');
  return known;
}

function groupOf(context: Context, input: AlertGroupInput, _id: string): AlertGroupRecord {
  const { cvr, subject } = context.claims.caller;
  const { validFrom, validTo = null, receivers } = input;
  if (validTo !== null && validTo <= validFrom) throw badInput('input.validTo', 'a day after validFrom');
  if (!isKleNumber(input.topic)) throw badInput('input.topic', 'a KLE topic number NN.NN.NN');
  return {
    _id,
    cvr,
    revision: (input.revision ?? 0) + 1,
    name: checkText('input.name', input.name, 1, 100),
    eventTypes: some('input.eventTypes', input.eventTypes),
    eventCodes: each('input.eventCodes', input.eventCodes ?? [], isRegisterEvent, 'codes of register events'),
    kle: some('input.kle', each('input.kle', input.kle ?? ['*'], isKlePattern, 'KLE numbers or branches')),
    topic: input.topic,
    ...agesOf(input),
    relations: some('input.relations', input.relations),
    receivers: some('input.receivers', receivers).map(({ kind, id }) => ({
      kind,
      id:
        kind === 'UNIT' ? requireUuid('input.receivers.id', id) : checkText('input.receivers.id', id, 1, 255),
    })),
    validFrom,
    validTo,
    cleanUpDays:
      input.cleanUpDays == null ? null : checkNumber('input.cleanUpDays', input.cleanUpDays, 1, 3650),
    changedBy: subject,
  };
}

function agesOf({ ageFrom, ageTo }: AlertGroupInput): Pick<AlertGroupRecord, 'ageFrom' | 'ageTo'> {
  const age = (field: string, value: number | null | undefined) =>
    value == null ? null : checkNumber(field, value, 0, MAX_AGE);
  const [from, to] = [age('input.ageFrom', ageFrom), age('input.ageTo', ageTo)];
  if (from !== null && to !== null && to < from) throw badInput('input.ageTo', 'not below ageFrom');
  return { ageFrom: from, ageTo: to };
}

function isRegisterEvent(code: string): boolean {
  return isOwnName(REGISTER_EVENTS, code);
}

function some<T>(field: string, values: readonly T[]): T[] {
  if (values.length === 0 || values.length > MAX_ITEMS) throw badInput(field, `1 to ${MAX_ITEMS}`);
  return [...new Set(values)];
}

function each(
  field: string,
  values: readonly string[],
  is: (value: string) => boolean,
  rule: string,
): string[] {
  if (values.length > MAX_ITEMS || !values.every(is)) throw badInput(field, rule);
  return [...new Set(values)];
}
