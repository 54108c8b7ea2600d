import type {
  AgreementContent,
  Content,
  GovernedRecord,
  MappingContent,
  SettingsContent,
  VersionRecord,
} from '../source/records.js';

/** @returns the version in force at a time: of those not undone, the one that took effect last. */
export function effectiveVersion({ versions }: GovernedRecord, at: Date): VersionRecord | undefined {
  return versions
    .filter((version) => version.undone === null && version.activeFrom <= at)
    .reduce<VersionRecord | undefined>(
      (latest, version) =>
        latest === undefined || version.activeFrom >= latest.activeFrom ? version : latest,
      undefined,
    );
}

export type VersionState = 'SCHEDULED' | 'ACTIVE' | 'SUPERSEDED' | 'UNDONE';

/** @returns where a version stands at a time. */
export function stateOf(item: GovernedRecord, version: VersionRecord, at: Date): VersionState {
  if (version.undone !== null) return 'UNDONE';
  if (version.activeFrom > at) return 'SCHEDULED';
  return effectiveVersion(item, at)?.number === version.number ? 'ACTIVE' : 'SUPERSEDED';
}

/** @returns the mapping in force at a time; its own validity counts (from inclusive, to exclusive). */
export function mappingAt(item: GovernedRecord, at: Date): MappingContent | undefined {
  const content = effectiveVersion(item, at)?.content;
  return content?.kind === 'mapping' && isValid(content, at) ? content : undefined;
}

/** @returns whether a mapping's validity covers a time. */
function isValid({ validFrom, validTo }: MappingContent, at: Date): boolean {
  return validFrom <= at && (validTo === null || at < validTo);
}

/** @returns the agreement approved last, ended or not. */
export function agreementAt(item: GovernedRecord, at: Date): AgreementContent | undefined {
  const content = effectiveVersion(item, at)?.content;
  return content?.kind === 'agreement' ? content : undefined;
}

/** What holds where a municipality has decided nothing: the careful choice. */
export const DEFAULT_SETTINGS: SettingsContent = {
  kind: 'settings',
  sectionsOff: [],
  remarkTypes: ['OBS Adfærd', 'OBS Handicap', 'OBS Opholdsforbud', 'OBS Partsrepræsentant', 'OBS Tolk'],
  noteHeadings: ['Telefonsamtale', 'Personligt fremmøde', 'Modtagne oplysninger', 'Aftale', 'Partshøring'],
  highAssuranceRoles: [],
  liftMinutes: 60,
  liftsPerDay: 10,
  reviewDays: 7,
  lookUpsPerHour: 100,
  sessionIdleMinutes: 30,
  sessionHours: 10,
  ownRecord: 'REFUSE',
  kin: 'REFUSE',
  colleagues: 'ALARM',
  testPersons: [],
};

/** @returns the settings in force at a time. */
export function settingsAt(item: GovernedRecord | null, at: Date): SettingsContent {
  const content = item && effectiveVersion(item, at)?.content;
  // Settings approved before a choice came up leave it as it is by default.
  return content?.kind === 'settings' ? { ...DEFAULT_SETTINGS, ...content } : DEFAULT_SETTINGS;
}

/** @returns the times after `at` at which a content begins or ends by itself. */
export function boundariesOf(content: Content, activeFrom: Date, at: Date): Date[] {
  const times = [activeFrom, ...(content.kind === 'mapping' ? [content.validFrom, content.validTo] : [])];
  return times.filter((time): time is Date => time !== null && time > at);
}
