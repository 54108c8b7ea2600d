import { createHash } from 'node:crypto';
import { openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { CaseSectionModel, RestrictedCaseModel } from '../models.js';
import type { CaseRecord } from '../source/records.js';
import { whyNotShown } from './why.js';

/** Opens the case section of a person. */
export async function caseSection(context: Context, citizenId: string): Promise<CaseSectionModel> {
  const subject = { event: 'section-read', citizenId } as const;
  const head = await openSection(context.sections, {
    section: 'cases',
    permission: 'case-read',
    kind: 'cases',
    subject,
  });
  return { ...head, citizenId };
}

/**
 * Cases the caller may know to exist but not read: area and contact, in an order that says nothing of age or source.
 */
export async function readRestricted(
  context: Context,
  section: CaseSectionModel,
): Promise<RestrictedCaseModel[] | null> {
  if (section.outcome === 'UNAVAILABLE' || !context.guard.holds('case-exists')) return null;
  const { citizenId } = section;
  const readable = context.guard.access('case-read');
  const result = await context.guard.read(
    'case-exists',
    { event: 'section-read', citizenId },
    async (permit) => {
      const records = await context.source.existing(permit, citizenId);
      return records.filter((record) => !readable.matches(record.access));
    },
    (records) => ({ objects: records.map((record) => record._id) }),
  );
  return result.permitted
    ? result.value.sort(byAreaThenNothing).map((record) => presentRestricted(context, record))
    : null;
}

function byAreaThenNothing(a: CaseRecord, b: CaseRecord): number {
  const key = (record: CaseRecord) =>
    `${record.access.kle?.slice(0, 2) ?? ''}${createHash('sha256').update(record._id).digest('hex')}`;
  return key(a) < key(b) ? -1 : 1;
}

function presentRestricted(context: Context, record: CaseRecord): RestrictedCaseModel {
  const { kle, unit } = record.access;
  return { area: kle?.slice(0, 2) ?? null, unit, whyNot: whyNotShown(context, record) };
}
