import { partiesOf } from '../../shared/guard/parties-of.js';
import type { PageArguments } from '../../shared/paging/page.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { type GuardedList, type GuardedPage, readPage } from '../../shared/sections/guarded-list.js';
import { isReadable, openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { BenefitSectionModel } from '../models.js';
import { type BenefitSource, GRANT_ORDER } from '../source/benefit-source.js';
import type { GrantRecord } from '../source/records.js';

const grantList = (source: BenefitSource): GuardedList<'benefit-read', GrantRecord> => ({
  permission: 'benefit-read',
  order: GRANT_ORDER,
  positionOf: (row) => [row.startsOn, row._id],
  shown: (rows) => ({
    objects: rows.map((row) => row._id),
    kle: rows.flatMap((row) => row.benefits.map((benefit) => benefit.kle)),
    parties: partiesOf(rows),
  }),
  rows: (permit, narrow, limit) => source.list(permit, narrow, limit),
  count: (permit, narrow) => source.count(permit, narrow),
  first: (permit, narrow, limit) => source.first(permit, narrow, limit),
});

/** Opens the benefit section of a person. */
export async function benefitSection(context: Context, citizenId: string): Promise<BenefitSectionModel> {
  const subject = { event: 'section-read', citizenId } as const;
  const head = await openSection(context.sections, {
    section: 'benefits',
    permission: 'benefit-read',
    kind: 'benefits',
    subject,
  });
  return { ...head, citizenId };
}

/** A page of a person's grants: own municipality's, and other authorities' when the purpose opens them. */
export async function readGrants(
  context: Context,
  section: BenefitSectionModel,
  page: PageArguments,
): Promise<GuardedPage<GrantRecord> | null> {
  if (!isReadable(section)) return null;
  const { citizenId } = section;
  return readPage(context, grantList(context.source), {
    subject: { event: 'section-read', citizenId },
    narrow: { partyIds: citizenId },
    few: true,
    page,
    scope: cursorScope(context, 'grants', citizenId, context.claims.purpose),
  });
}
