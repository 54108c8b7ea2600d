import { sectionEnum } from '../../subgraphs/access/governed/check-settings.js';
import { effectiveVersion, settingsAt } from '../../subgraphs/access/governed/effective.js';
import type { Installation } from '../../subgraphs/access/installation/read-installation.js';
import type {
  AgreementContent,
  GovernedRecord,
  MappingContent,
  SettingsContent,
} from '../../subgraphs/access/source/records.js';
import { SENSITIVITY_NAMES, type SensitivityRank } from '../../subgraphs/shared/policy/sensitivity.js';

/**
 * @param names names of authorities that only the references know
 * @returns what the store is set up with, as a set-up file says it; what was undone or has ended is left out
 */
export function exportFile(
  installation: Installation,
  names: ReadonlyMap<string, string>,
  now: Date,
): object {
  const { authorities, systems } = installation;
  const items = [...installation.governed.values()];
  const cvrs = new Set([...authorities.map(({ _id }) => _id), ...items.map(({ cvr }) => cvr)]);
  return {
    format: 1,
    authorities: [...cvrs].sort().map((cvr) => exportAuthority(cvr, installation, names, now)),
    systems: systems
      .filter(({ active }) => active)
      .map(({ _id, code, name, keys, takesNotes }) => ({ id: _id, code, name, takesNotes, keys })),
  };
}

function exportAuthority(
  cvr: string,
  { authorities, providers, governed }: Installation,
  names: ReadonlyMap<string, string>,
  now: Date,
): object {
  const known = authorities.find(({ _id }) => _id === cvr);
  const own = [...governed.values()].filter((item) => item.cvr === cvr);
  const settings = own.find(({ kind }) => kind === 'settings');
  return {
    cvr,
    name: known?.name ?? names.get(cvr) ?? cvr,
    ...(known?.municipalityCode && { municipalityCode: known.municipalityCode }),
    ...(known?.domain && { domain: known.domain }),
    identityProviders: providers
      .filter((provider) => provider.cvr === cvr)
      .map(({ _id: entityId, cvr: _cvr, sloUrl, ...rest }) => ({
        entityId,
        ...(sloUrl && { sloUrl }),
        ...rest,
      })),
    agreements: own.flatMap((item) => agreementOf(item, now)),
    mappings: own.flatMap((item) => mappingOf(item, now)),
    jumps: own.flatMap((item) => {
      const content = effectiveVersion(item, now)?.content;
      return content?.kind === 'jump' ? [{ system: item.key, template: content.template }] : [];
    }),
    ...(settings && { settings: settingsOf(settingsAt(settings, now)) }),
  };
}

function agreementOf(item: GovernedRecord, now: Date): object[] {
  const content = effectiveVersion(item, now)?.content;
  if (content?.kind !== 'agreement' || content.ended) return [];
  const { kind: _kind, ended: _ended, sensitivity, ...rest }: AgreementContent = content;
  return [{ ...rest, sensitivity: SENSITIVITY_NAMES[sensitivity] }];
}

function mappingOf(item: GovernedRecord, now: Date): object[] {
  const content = effectiveVersion(item, now)?.content;
  if (content?.kind !== 'mapping') return [];
  const { kind: _kind, validTo, caseNumber, grants, ...rest }: MappingContent = content;
  return [
    {
      uri: item.key,
      ...rest,
      ...(validTo && { validTo }),
      ...(caseNumber && { caseNumber }),
      grants: grants.map((grant) => ({
        ...grant,
        ...(grant.sensitivity && { sensitivity: nameOf(grant.sensitivity) }),
        ...(grant.parametric && {
          parametric: grant.parametric.map((constraint) => constraint.toUpperCase()),
        }),
      })),
    },
  ];
}

const nameOf = (rank: SensitivityRank) => SENSITIVITY_NAMES[rank];

function settingsOf({ kind: _kind, sectionsOff, ...rest }: SettingsContent): object {
  return { ...rest, sectionsOff: sectionsOff.map(sectionEnum) };
}
