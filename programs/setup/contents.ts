import { GraphQLError } from 'graphql';
import { z } from 'zod';
import type { SettingsInput } from '../../schema/generated/access.js';
import { checkAgreement } from '../../subgraphs/access/governed/check-agreement.js';
import { checkMapping, checkRoleUri } from '../../subgraphs/access/governed/check-mapping.js';
import { checkSettings, sectionEnum } from '../../subgraphs/access/governed/check-settings.js';
import { checkTemplate } from '../../subgraphs/access/governed/check-template.js';
import { effectiveVersion, settingsAt } from '../../subgraphs/access/governed/effective.js';
import { governedId, type ItemName } from '../../subgraphs/access/governed/life-cycle.js';
import type { Installation } from '../../subgraphs/access/installation/read-installation.js';
import type { Content, GovernedKind, SystemRecord } from '../../subgraphs/access/source/records.js';
import { badInput } from '../../subgraphs/shared/errors/coded-error.js';
import { canonicalId } from '../../subgraphs/shared/scalars/uuid.js';
import type { Fault } from './fault.js';
import type { AuthorityInFile } from './file-shape.js';

/** A content of the file, where it stands and what it is for. */
export interface ContentInFile {
  readonly path: string;
  readonly name: ItemName;
  readonly content: Content;
}

/** What the contents of a file are checked against: the store, and what the file itself brings. */
export interface CheckContext {
  readonly installation: Installation;
  readonly systems: readonly Pick<SystemRecord, '_id' | 'code'>[];
  readonly kleNumbers: readonly string[];
  readonly now: Date;
  readonly faults: Fault[];
}

/** @returns the contents of one authority that keep the rules; the faults of the others are added */
export function contentsOf(authority: AuthorityInFile, path: string, context: CheckContext): ContentInFile[] {
  const { cvr } = authority;
  const take = (at: string, kind: GovernedKind, make: () => readonly [key: string, content: Content]) =>
    checked(`${path}.${at}`, context.faults, () => {
      const [key, content] = make();
      return { path: `${path}.${at}`, name: { kind, cvr, key }, content };
    });
  const { agreements = [], mappings = [], jumps = [], settings } = authority;
  return [
    ...agreements.flatMap((agreement, i) =>
      take(`agreements.${i}`, 'agreement', () => [agreement.source, agreementOf(agreement, context)]),
    ),
    ...mappings.flatMap((mapping, i) =>
      take(`mappings.${i}`, 'mapping', () => [
        checkRoleUri(mapping.uri),
        mappingOf(mapping, authority, context),
      ]),
    ),
    ...jumps.flatMap((jump, i) =>
      take(`jumps.${i}`, 'jump', () => {
        const { _id, code: source } = systemOf(jump.system, context);
        return [_id, { kind: 'jump', source, template: checkTemplate(jump.template) }];
      }),
    ),
    ...(settings === undefined
      ? []
      : take('settings', 'settings', () => ['settings', settingsOf(cvr, settings, context)])),
  ];
}

const refusedField = z.object({ field: z.string().optional(), rule: z.string().optional() });

/** Runs a check; what it refuses becomes a fault with its path. */
function checked<T>(path: string, faults: Fault[], check: () => T): T[] {
  try {
    return [check()];
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== 'BAD_INPUT') throw error;
    const { field, rule } = refusedField.parse(error.extensions);
    faults.push({ path: field ? `${path}.${field}` : path, rule: rule ?? 'the documented shape' });
    return [];
  }
}

const UNSAID = { revision: 0, why: '' };

type AgreementInFile = NonNullable<AuthorityInFile['agreements']>[number];
type MappingInFile = NonNullable<AuthorityInFile['mappings']>[number];

function agreementOf(agreement: AgreementInFile, { kleNumbers }: CheckContext): Content {
  const { read = true, deliver = true, crossAuthority = false } = agreement;
  return checkAgreement({ ...agreement, read, deliver, crossAuthority, ...UNSAID }, { kleNumbers });
}

/** A mapping that does not say when it begins keeps the beginning it has. */
function mappingOf(
  mapping: MappingInFile,
  { cvr, domain, agreements }: AuthorityInFile,
  context: CheckContext,
): Content {
  const { installation, kleNumbers, now } = context;
  if (domain !== undefined && !isOfDomain(mapping.uri, domain))
    throw badInput('uri', 'a role of the authority’s domain');
  const item = installation.governed.get(governedId({ kind: 'mapping', cvr, key: mapping.uri }));
  const present = item && effectiveVersion(item, now)?.content;
  const begun = present?.kind === 'mapping' ? present.validFrom : now;
  const { validFrom, validTo, description = '', caseNumber, grants, uri, name } = mapping;
  const known = [...installation.governed.values()].filter((it) => it.kind === 'agreement' && it.cvr === cvr);
  const input = {
    ...{ uri, name, description, caseNumber: caseNumber ?? null, ...UNSAID },
    grants: grants.map(({ role, kle, sensitivity, units, systems, parametric }) => ({
      role,
      ...(kle && { kle }),
      ...(sensitivity && { sensitivity }),
      ...(units && { units }),
      ...(systems && { systems }),
      ...(parametric && { parametric }),
    })),
    validFrom: validFrom === undefined ? begun : new Date(validFrom),
    validTo: validTo === undefined ? null : new Date(validTo),
  };
  const units = new Set([...installation.units].filter(([, of]) => of === cvr).map(([id]) => id));
  const systems = new Set([
    ...known.map(({ key }) => key),
    ...(agreements ?? []).map(({ source }) => source),
  ]);
  return checkMapping(input, { cvr, kleNumbers, units, systems }, now);
}

function isOfDomain(uri: string, domain: string): boolean {
  const host = URL.canParse(uri) ? new URL(uri).hostname : '';
  return host === domain || host.endsWith(`.${domain}`);
}

/** A system named by its code, or by its UUID where several share the code. */
function systemOf(named: string, { systems }: CheckContext): Pick<SystemRecord, '_id' | 'code'> {
  const [found, ...more] = systems.filter(({ _id, code }) => code === named || _id === canonicalId(named));
  if (found && more.length === 0) return found;
  throw badInput('system', 'the code or the UUID of one registered system');
}

function settingsOf(
  cvr: string,
  stated: NonNullable<AuthorityInFile['settings']>,
  { installation, now }: CheckContext,
): Content {
  const item = installation.governed.get(governedId({ kind: 'settings', cvr, key: 'settings' })) ?? null;
  const before = settingsAt(item, now);
  const { kind: _kind, ...present } = before;
  const given = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
  const input: SettingsInput = {
    ...present,
    sectionsOff: before.sectionsOff.map(sectionEnum),
    ...given,
    ...UNSAID,
  };
  return checkSettings(input, before);
}
