import type { ContentPartsFragment } from '../../generated/operations.js';
import { codeName } from '../../text/codes.js';
import type { Words } from '../../text/text.js';

type Mapping = NonNullable<ContentPartsFragment['mapping']>;
type Agreement = NonNullable<ContentPartsFragment['agreement']>;
type Settings = NonNullable<ContentPartsFragment['settings']>;
type Grant = Mapping['grants'][number];

/** One statement of a content. Two contents differ by the statements only one of them makes. */
export interface Line {
  readonly text: string;
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
  if (content?.agreement) return plain(agreementLines(content.agreement, words));
  if (content?.settings) return plain(settingsLines(content.settings, words));
  if (content?.jump)
    return plain([
      words.t('line', { name: words.t('jumpTemplate'), value: content.jump.template || words.t('jumpNone') }),
    ]);
  return [];
}

const plain = (texts: readonly string[]): Line[] => texts.map((text) => ({ text, void: null }));

function mappingLines(
  { grants, name, description }: Mapping,
  words: Words,
  unitName: (id: string) => string,
): Line[] {
  const { t, language } = words;
  return [
    ...plain([
      t('line', { name: t('mappingName'), value: name }),
      ...(description === '' ? [] : [t('line', { name: t('description'), value: description })]),
    ]),
    ...grants.map((grant) => ({
      text: grantText(grant, words, unitName),
      void: grant.void && (language === 'da' ? grant.void.textDa : grant.void.textEn),
    })),
  ];
}

/** @returns a grant in words: the system role and what bounds it. */
function grantText(grant: Grant, { t, word, language }: Words, unitName: (id: string) => string): string {
  const { role, kle, sensitivity, units, systems, parametric } = grant;
  const bound = (label: string, values: readonly string[] | null, kind: Grant['parametric'][number]) =>
    parametric.includes(kind)
      ? [`${label} ${t('parametric')}`]
      : values?.length
        ? [`${label} ${values.join(', ')}`]
        : [];
  const parts = [
    ...bound(t('kle'), kle, 'KLE'),
    ...bound(
      t('sensitivity'),
      sensitivity ? [word('sensitivity', sensitivity).toLowerCase()] : null,
      'SENSITIVITY',
    ),
    ...bound(t('units'), units?.map(unitName) ?? null, 'UNIT'),
    ...bound(t('systems'), systems, 'SYSTEM'),
  ];
  const name = codeName('roles', role, language);
  return parts.length === 0 ? name : `${name}: ${parts.join('; ')}`;
}

function agreementLines(agreement: Agreement, { t, word }: Words): string[] {
  const yes = (value: boolean) => t(value ? 'yes' : 'no');
  const line = (name: string, value: string) => t('line', { name, value });
  return [
    ...(agreement.ended ? [t('agreementEnded')] : []),
    line(t('mappingName'), agreement.name),
    line(t('agreementKinds'), agreement.kinds.map((kind) => word('kind', kind)).join(', ')),
    line(t('agreementRead'), yes(agreement.read)),
    line(t('agreementDeliver'), yes(agreement.deliver)),
    line(t('kle'), agreement.kle.join(' ')),
    line(t('sensitivity'), word('sensitivity', agreement.sensitivity)),
    line(t('agreementCross'), yes(agreement.crossAuthority)),
    line(t('agreementStale'), String(agreement.staleAfterHours)),
  ];
}

function settingsLines(settings: Settings, { t, word, language }: Words): string[] {
  const line = (name: string, value: string | number) => t('line', { name, value });
  return [
    ...settings.sectionsOff.map((overviewSection) =>
      line(t('settingsOff'), word('section', overviewSection)),
    ),
    ...settings.remarkTypes.map((remarkType) => line(t('settingsRemarkType'), remarkType)),
    ...settings.noteHeadings.map((noteHeading) => line(t('settingsNoteHeading'), noteHeading)),
    ...settings.highAssuranceRoles.map((highAssuranceRole) =>
      line(t('settingsHighRole'), codeName('roles', highAssuranceRole, language)),
    ),
    line(t('settingsLiftMinutes'), settings.liftMinutes),
    line(t('settingsLiftsPerDay'), settings.liftsPerDay),
    line(t('settingsReviewDays'), settings.reviewDays),
    line(t('settingsLookUps'), settings.lookUpsPerHour),
    line(t('settingsIdle'), settings.sessionIdleMinutes),
    line(t('settingsHours'), settings.sessionHours),
    line(t('settingsOwn'), word('related', settings.ownRecord)),
    line(t('settingsKin'), word('related', settings.kin)),
    line(t('settingsColleagues'), word('related', settings.colleagues)),
    ...settings.testPersons.map((testPerson) => line(t('settingsTestPerson'), testPerson)),
  ];
}
