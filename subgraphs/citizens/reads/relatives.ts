import type { AddressVisibility, HouseholdMember, Relative } from '../../../schema/generated/citizens.js';
import { isReadable, openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { CitizenModel, FamilySectionModel, HouseholdSectionModel } from '../models.js';
import { addressOn, householdOn } from '../source/addresses.js';
import { badgesOf } from './badges.js';
import { presentCitizen } from './open-citizen.js';

const RELATION_ORDER = ['SPOUSE', 'PARENT', 'CHILD'];

/** Opens the family section. */
export async function familySection(context: Context, citizen: CitizenModel): Promise<FamilySectionModel> {
  const subject = { event: 'section-read', citizenId: citizen.record._id } as const;
  const head = await openSection(context.sections, {
    section: 'family',
    permission: 'citizen-read',
    kind: 'persons',
    subject,
  });
  return { ...head, citizen };
}

/** Relatives within reach; a relative outside it is absent and leaves no gap. */
export async function readRelatives(
  context: Context,
  section: FamilySectionModel,
): Promise<Relative[] | null> {
  if (!isReadable(section)) return null;
  const { relations, _id: citizenId } = section.citizen.record;
  if (relations.length === 0) return [];
  const result = await context.guard.read(
    'citizen-read',
    { event: 'section-read', citizenId },
    (permit) =>
      context.source.findByIds(
        permit,
        relations.flatMap((relation) => relation.id ?? []),
      ),
    (records) => ({ objects: [], citizenIds: records.map((record) => record._id) }),
  );
  if (!result.permitted) return null;
  const byId = new Map(result.value.map((record) => [record._id, record]));
  return relations
    .flatMap(({ relation, id }) => {
      const record = id === null ? undefined : byId.get(id);
      if (!record) return [];
      return [
        {
          relation,
          citizenId: record._id,
          name: record.name,
          birthDate: record.birthDate,
          badges: badgesOf(record),
        },
      ];
    })
    .sort((a, b) => compareRelatives(a, b));
}

function compareRelatives(a: Relative & { relation: string }, b: Relative & { relation: string }): number {
  const byRelation = RELATION_ORDER.indexOf(a.relation) - RELATION_ORDER.indexOf(b.relation);
  return byRelation !== 0 ? byRelation : (a.birthDate ?? '') < (b.birthDate ?? '') ? -1 : 1;
}

/** Opens the household section. How it went depends on the caller alone; `visibility` tells of the person. */
export async function householdSection(
  context: Context,
  citizen: CitizenModel,
): Promise<HouseholdSectionModel> {
  const subject = { event: 'section-read', citizenId: citizen.record._id } as const;
  const head = await openSection(context.sections, {
    section: 'household',
    permission: 'citizen-read',
    kind: 'persons',
    subject,
  });
  return { ...head, citizen };
}

/** @returns whether the household may be shown: nobody's, when the address it would give away is protected. */
export function householdVisibility(
  { today }: Context,
  { citizen }: HouseholdSectionModel,
): AddressVisibility {
  if (addressOn(citizen.record.addresses, today) === null) return 'NOT_REGISTERED';
  return citizen.addressShown ? 'SHOWN' : 'PROTECTED';
}

/** Members of the household within reach; one with a protected address would be given away by this list. */
export async function readMembers(
  context: Context,
  section: HouseholdSectionModel,
): Promise<HouseholdMember[] | null> {
  const { addresses, _id: citizenId } = section.citizen.record;
  const household = householdOn(addresses, context.today);
  if (!isReadable(section) || household === null || !section.citizen.addressShown) return null;
  const result = await context.guard.read(
    'citizen-read',
    { event: 'section-read', citizenId },
    async (permit) => {
      const records = await context.source.household(permit, household, context.today);
      const shown = records
        .map((record) => presentCitizen(record, permit.access))
        .filter((person) => person.addressShown);
      return shown.map((person) => person.record).filter((record) => record._id !== citizenId);
    },
    (records) => ({ objects: [], citizenIds: records.map((record) => record._id) }),
  );
  if (!result.permitted) return null;
  return result.value
    .sort((a, b) => (a.birthDate < b.birthDate ? -1 : 1))
    .map((record) => ({ citizenId: record._id, name: record.name, birthDate: record.birthDate }));
}
