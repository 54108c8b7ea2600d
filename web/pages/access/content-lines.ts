import type { ContentPartsFragment } from '../../generated/operations.js';
import { codeName } from '../../text/codes.js';
import type { Words } from '../../text/text.js';

type Mapping = NonNullable<ContentPartsFragment['mapping']>;
type Agreement = NonNullable<ContentPartsFragment['agreement']>;
type Settings = NonNullable<ContentPartsFragment['settings']>;
type Grant = Mapping['grants'][number];

/** One statement of a content: what is said, and of what. Two contents are compared by what they say of the same. */
export interface Line {
  readonly name: string;
  /** Its parts; a part that only one of two contents has is the difference. */
  readonly values: readonly string[];
  /** Why it gives nothing; null when it holds. */
  readonly void: string | null;
}

/**
 * @param unitName what a unit is called
 * @returns a content as statements in words, in an order of its own
 */
export function contentLines(
  content: ContentPartsFragment | null,
  words: Words,
  unitName: (id: string) => string,
): readonly Line[] {
  if (content?.mapping) return mappingLines(content.mapping, words, unitName);
  if (content?.agreement) return agreementLines(content.agreement, words);
  if (content?.settings) return settingsLines(content.settings, words);
  if (content?.jump) return [line(words.t('jumpTemplate'), content.jump.template || words.t('jumpNone'))];
  return [];
}

const line = (name: string, ...values: readonly (string | number)[]): Line => ({
  name,
  values: values.map(String),
  void: null,
});

function mappingLines(mapping: Mapping, words: Words, unitName: (id: string) => string): Line[] {
  const { t, time, language } = words;
  const { grants, name, description, validFrom, validTo, caseNumber } = mapping;
  const named = grants.map((grant) => codeName('roles', grant.role, language));
  return [
    line(t('mappingName'), name),
    ...(description === '' ? [] : [line(t('description'), description)]),
    ...(Date.parse(validFrom) > 0 ? [line(t('mappingFrom'), time(validFrom))] : []),
    ...(validTo === null ? [] : [line(t('mappingUntil'), time(validTo))]),
    ...(caseNumber === null ? [] : [line(t('mappingCase'), caseNumber)]),
    ...grants.map((grant, place) => {
      const before = named.slice(0, place).filter((other) => other === named[place]).length;
      const role = named[place] ?? grant.role;
      return {
        // A role that is given twice, each time bounded otherwise, is two statements.
        name: before === 0 ? role : `${role} (${before + 1})`,
        values: boundsOf(grant, words, unitName),
        void: grant.void && (language === 'da' ? grant.void.textDa : grant.void.textEn),
      };
    }),
  ];
}

/** @returns what bounds a grant, a value each; that it is given when nothing does. */
function boundsOf(grant: Grant, { t, word }: Words, unitName: (id: string) => string): string[] {
  const { kle, sensitivity, units, systems, parametric } = grant;
  const bound = (label: string, values: readonly string[] | null, kind: Grant['parametric'][number]) =>
    parametric.includes(kind)
      ? [`${label} ${t('parametric')}`]
      : (values ?? []).map((value) => `${label} ${value}`);
  const parts = [
    ...bound(t('kle'), kle, 'KLE'),
    ...bound(
      t('sensitivity'),
      sensitivity ? [word('sensitivity', sensitivity).toLowerCase()] : null,
      'SENSITIVITY',
    ),
    ...bound(t('unitOne'), units?.map(unitName) ?? null, 'UNIT'),
    ...bound(t('systemOne'), systems, 'SYSTEM'),
  ];
  return parts.length === 0 ? [t('granted')] : parts;
}

function agreementLines(agreement: Agreement, { t, word }: Words): Line[] {
  const yes = (value: boolean) => t(value ? 'yes' : 'no');
  return [
    ...(agreement.ended ? [line(t('mappingUnderWay'), t('agreementEnded'))] : []),
    line(t('mappingName'), agreement.name),
    line(t('agreementKinds'), ...agreement.kinds.map((kind) => word('kind', kind))),
    line(t('agreementRead'), yes(agreement.read)),
    line(t('agreementDeliver'), yes(agreement.deliver)),
    line(t('kle'), ...agreement.kle),
    line(t('sensitivity'), word('sensitivity', agreement.sensitivity)),
    line(t('agreementCross'), yes(agreement.crossAuthority)),
    line(t('agreementStale'), agreement.staleAfterHours),
  ];
}

function settingsLines(settings: Settings, { t, word, language }: Words): Line[] {
  const lists = [
    line(t('settingsOff'), ...settings.sectionsOff.map((off) => word('section', off))),
    line(t('settingsRemarkTypes'), ...settings.remarkTypes),
    line(t('settingsNoteHeadings'), ...settings.noteHeadings),
    line(
      t('settingsHighRole'),
      ...settings.highAssuranceRoles.map((role) => codeName('roles', role, language)),
    ),
  ];
  return [
    ...lists.filter(({ values }) => values.length > 0),
    line(t('settingsLiftMinutes'), settings.liftMinutes),
    line(t('settingsLiftsPerDay'), settings.liftsPerDay),
    line(t('settingsReviewDays'), settings.reviewDays),
    line(t('settingsLookUps'), settings.lookUpsPerHour),
    line(t('settingsIdle'), settings.sessionIdleMinutes),
    line(t('settingsHours'), settings.sessionHours),
    line(t('settingsOwn'), word('related', settings.ownRecord)),
    line(t('settingsKin'), word('related', settings.kin)),
    line(t('settingsColleagues'), word('related', settings.colleagues)),
    ...(settings.testPersons.length === 0
      ? []
      : [line(t('settingsTestPersons'), t('settingsTestCount', { count: settings.testPersons.length }))]),
  ];
}
