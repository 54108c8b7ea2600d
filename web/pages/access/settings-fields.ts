import type {
  ContentPartsFragment,
  OverviewSection,
  RelatedRule,
  SettingsInput,
} from '../../generated/operations.js';
import type { Option } from '../../parts/fields/option.js';
import type { FieldsOf } from '../../parts/form/field-spec.js';
import type { Words } from '../../text/text.js';
import { recordOf } from '../../../subgraphs/shared/names/known-names.js';

type Settings = NonNullable<ContentPartsFragment['settings']>;

const SECTIONS: readonly OverviewSection[] = [
  'ADDRESS',
  'FAMILY',
  'HOUSEHOLD',
  'REMARKS',
  'CASES',
  'CONTROL_CASES',
  'DOCUMENTS',
  'BENEFITS',
  'ALERTS',
];
const RULES: readonly RelatedRule[] = ['REFUSE', 'ALARM'];

/** Numbers of the settings with their limits; the server holds the same ones and decides. */
const NUMBERS = [
  { name: 'liftMinutes', label: 'settingsLiftMinutes', first: 60, min: 5, max: 480 },
  { name: 'liftsPerDay', label: 'settingsLiftsPerDay', first: 10, min: 1, max: 50 },
  { name: 'reviewDays', label: 'settingsReviewDays', first: 7, min: 1, max: 30 },
  { name: 'lookUpsPerHour', label: 'settingsLookUps', first: 100, min: 1, max: 10_000 },
  { name: 'sessionIdleMinutes', label: 'settingsIdle', first: 30, min: 5, max: 480 },
  { name: 'sessionHours', label: 'settingsHours', first: 10, min: 1, max: 24 },
] as const;
const RELATED = [
  { name: 'ownRecord', label: 'settingsOwn' },
  { name: 'kin', label: 'settingsKin' },
  { name: 'colleagues', label: 'settingsColleagues' },
] as const;

const NUMBER_NAMES = NUMBERS.map(({ name }) => name);
const RELATED_NAMES = RELATED.map(({ name }) => name);

type Numbers = Readonly<Record<(typeof NUMBERS)[number]['name'], string>>;
type Related = Readonly<Record<(typeof RELATED)[number]['name'], RelatedRule>>;

/** The settings as they are edited. */
export interface SettingsFields extends Numbers, Related {
  readonly sectionsOff: readonly OverviewSection[];
  readonly remarkTypes: readonly string[];
  readonly noteHeadings: readonly string[];
  readonly testPersons: readonly string[];
  readonly highAssuranceRoles: readonly string[];
  readonly why: string;
}

/** @returns what the editor of the settings begins with. */
export function settingsFields(settings: Settings | null): SettingsFields {
  const first = new Map<string, number>(NUMBERS.map((number) => [number.name, number.first]));
  return {
    ...recordOf(NUMBER_NAMES, (name) => String(settings?.[name] ?? first.get(name))),
    ...recordOf(RELATED_NAMES, (name): RelatedRule => settings?.[name] ?? 'ALARM'),
    sectionsOff: settings?.sectionsOff ?? [],
    remarkTypes: settings?.remarkTypes ?? [],
    noteHeadings: settings?.noteHeadings ?? [],
    testPersons: settings?.testPersons ?? [],
    highAssuranceRoles: settings?.highAssuranceRoles ?? [],
    why: '',
  };
}

/** @returns the settings as they are sent. */
export function settingsInput(fields: SettingsFields, revision: number): SettingsInput {
  return {
    ...fields,
    revision,
    liftMinutes: Number(fields.liftMinutes),
    liftsPerDay: Number(fields.liftsPerDay),
    reviewDays: Number(fields.reviewDays),
    lookUpsPerHour: Number(fields.lookUpsPerHour),
    sessionIdleMinutes: Number(fields.sessionIdleMinutes),
    sessionHours: Number(fields.sessionHours),
  };
}

/** @returns the fields of the settings' editor. */
export function settingsList(
  { highAssuranceRoles }: SettingsFields,
  roles: readonly Option[],
  { t, word }: Words,
): FieldsOf<SettingsFields> {
  const sections = SECTIONS.map((section) => [section, word('section', section)] as const);
  const rules = RULES.map((rule) => [rule, word('related', rule)] as const);
  return [
    { as: 'lines', name: 'remarkTypes', label: t('settingsRemarkTypes') },
    { as: 'lines', name: 'noteHeadings', label: t('settingsNoteHeadings') },
    { as: 'choices', name: 'sectionsOff', label: t('settingsOff'), options: sections },
    ...NUMBERS.map(
      ({ name, label, min, max }) =>
        ({ as: 'text', type: 'number', name, label: t(label), min, max }) as const,
    ),
    ...RELATED.map(({ name, label }) => ({ as: 'choice', name, label: t(label), options: rules }) as const),
    { as: 'lines', name: 'testPersons', label: t('settingsTestPersons') },
    {
      as: 'choices',
      name: 'highAssuranceRoles',
      label: t('settingsHighRole'),
      options: roles,
      folded: t('settingsHighRoles', { count: highAssuranceRoles.length }),
    },
  ];
}
