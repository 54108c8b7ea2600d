import { isReadable, openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { CitizenModel, RemarkSectionModel } from '../models.js';
import type { RemarkRecord } from '../source/records.js';

/** Opens the remark section. Remarks are Overblik's own records, so no source can be missing. */
export async function remarkSection(context: Context, citizen: CitizenModel): Promise<RemarkSectionModel> {
  const citizenId = citizen.record._id;
  const subject = { event: 'section-read', citizenId } as const;
  const head = await openSection(context.sections, {
    section: 'remarks',
    permission: 'remark-read',
    kind: 'own',
    subject,
  });
  return { ...head, citizenId };
}

/** Remarks in force today. */
export async function readRemarks(
  context: Context,
  section: RemarkSectionModel,
): Promise<RemarkRecord[] | null> {
  if (!isReadable(section)) return null;
  const result = await context.guard.read(
    'remark-read',
    { event: 'section-read', citizenId: section.citizenId },
    (permit) => context.source.remarks(permit, section.citizenId, context.today),
    (remarks) => ({ objects: remarks.map((remark) => remark._id) }),
  );
  return result.permitted ? result.value : null;
}
