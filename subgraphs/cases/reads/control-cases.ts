import { monthsBefore } from '../../shared/days/calendar.js';
import { isReadable, openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { ControlCaseModel, ControlCaseSectionModel } from '../models.js';

/** Opens the section of control cases across authorities (ADR 009). */
export async function controlCaseSection(
  context: Context,
  citizenId: string,
): Promise<ControlCaseSectionModel> {
  const head = await openSection(context.sections, {
    section: 'controlCases',
    permission: 'control-case-read',
    kind: 'cases',
    control: true,
    subject: { event: 'section-read', citizenId },
  });
  return { ...head, citizenId };
}

/** Control cases of a person in the mode the stated purpose gives; none without one. */
export async function readControlCases(
  context: Context,
  section: ControlCaseSectionModel,
): Promise<ControlCaseModel[] | null> {
  if (!isReadable(section)) return null;
  const { citizenId } = section;
  const result = await context.guard.read(
    'control-case-read',
    { event: 'section-read', citizenId },
    async (permit) => {
      const { mode } = permit.access;
      const records = await context.source.controlCases(permit, citizenId);
      return mode === null ? [] : records.map((record) => ({ record, mode }));
    },
    (found) => ({
      objects: found.map(({ record }) => record._id),
      kle: found.map(({ record }) => record.access.kle),
    }),
  );
  return result.permitted ? result.value : null;
}

/** @returns whether a control was dropped within the last six months. */
export function droppedRecently(context: Context, { record }: ControlCaseModel): boolean {
  return record.droppedOn !== null && record.droppedOn >= monthsBefore(context.today, 6);
}
