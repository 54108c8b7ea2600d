import type { OverviewSection, SettingsInput } from '../../../schema/generated/access.js';
import { present } from '../../shared/certain/present.js';
import { badInput } from '../../shared/errors/coded-error.js';
import { namesOf } from '../../shared/names/known-names.js';
import { isSystemRole } from '../../shared/policy/permissions.js';
import type { SectionName } from '../../shared/policy/sections.js';
import { checkNumber, checkText } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { SettingsContent } from '../source/records.js';

const MAX_REMARK_TYPES = 50;
const MAX_NOTE_HEADINGS = 50;
const MAX_TEST_PERSONS = 50;

const SECTION_NAMES: Readonly<Record<OverviewSection, SectionName>> = {
  ADDRESS: 'address',
  FAMILY: 'family',
  HOUSEHOLD: 'household',
  REMARKS: 'remarks',
  CASES: 'cases',
  CONTROL_CASES: 'controlCases',
  DOCUMENTS: 'documents',
  BENEFITS: 'benefits',
  ALERTS: 'alerts',
};

/** @returns the sections by their names in the schema. */
export function sectionEnum(section: SectionName): OverviewSection {
  const name = namesOf(SECTION_NAMES).find((known) => SECTION_NAMES[known] === section);
  return present(name, 'the name of a section');
}

/**
 * Checks a municipality's settings. @param before what holds now, for choices the input leaves out
 * @throws BAD_INPUT naming the field and the rule
 */
export function checkSettings(input: SettingsInput, before: SettingsContent): SettingsContent {
  const noteHeadings = [
    ...new Set(
      (input.noteHeadings ?? before.noteHeadings).map((heading) =>
        checkText('noteHeadings', heading, 1, 100),
      ),
    ),
  ];
  if (noteHeadings.length > MAX_NOTE_HEADINGS)
    throw badInput('noteHeadings', `at most ${MAX_NOTE_HEADINGS} headings`);
  const remarkTypes = [...new Set(input.remarkTypes.map((type) => checkText('remarkTypes', type, 1, 50)))];
  if (remarkTypes.length > MAX_REMARK_TYPES)
    throw badInput('remarkTypes', `at most ${MAX_REMARK_TYPES} types`);
  const highAssuranceRoles = [...new Set(input.highAssuranceRoles ?? before.highAssuranceRoles)];
  if (!highAssuranceRoles.every(isSystemRole)) throw badInput('highAssuranceRoles', 'names of system roles');
  return {
    kind: 'settings',
    sectionsOff: [...new Set(input.sectionsOff.map((section) => SECTION_NAMES[section]))],
    remarkTypes,
    noteHeadings,
    highAssuranceRoles,
    liftMinutes: checkNumber('liftMinutes', input.liftMinutes, 5, 480),
    liftsPerDay: checkNumber('liftsPerDay', input.liftsPerDay ?? before.liftsPerDay, 1, 50),
    reviewDays: checkNumber('reviewDays', input.reviewDays, 1, 30),
    lookUpsPerHour: checkNumber('lookUpsPerHour', input.lookUpsPerHour, 1, 10_000),
    sessionIdleMinutes: checkNumber('sessionIdleMinutes', input.sessionIdleMinutes, 5, 480),
    sessionHours: checkNumber('sessionHours', input.sessionHours, 1, 24),
    ownRecord: input.ownRecord,
    kin: input.kin,
    colleagues: input.colleagues,
    testPersons: checkTestPersons(input.testPersons ?? before.testPersons),
  };
}

function checkTestPersons(ids: readonly string[]): string[] {
  const distinct = [...new Set(ids.map((id) => requireUuid('testPersons', id)))];
  if (distinct.length > MAX_TEST_PERSONS)
    throw badInput('testPersons', `at most ${MAX_TEST_PERSONS} persons`);
  return distinct;
}
