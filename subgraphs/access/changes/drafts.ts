import type {
  AgreementInput,
  JumpInput,
  MappingInput,
  SettingsInput,
} from '../../../schema/generated/access.js';
import { badInput } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { checkWhy } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import { checkAgreement } from '../governed/check-agreement.js';
import { checkMapping, checkRoleUri, type MappingReferences } from '../governed/check-mapping.js';
import { checkSettings } from '../governed/check-settings.js';
import { checkTemplate } from '../governed/check-template.js';
import { settingsAt } from '../governed/effective.js';
import { writeDraft } from '../governed/life-cycle.js';
import { type ChangeAnswer, changeItem, type ChangePermission } from './change-item.js';

/** Writes the draft of a mapping, checked against classification and organisation. */
export function draftMapping(context: Context, input: MappingInput): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'draft',
    permission: 'access-administer',
    target: { kind: 'MAPPING', key: input.uri, revision: input.revision },
    takesEffect: false,
    apply: async (item, actor, permit) => {
      checkRoleUri(input.uri);
      const content = checkMapping(input, await referencesFor(context, permit), actor.at);
      return writeDraft(item, content, checkWhy('why', input.why), actor);
    },
  });
}

/** Writes the draft of a service agreement. */
export function draftAgreement(context: Context, input: AgreementInput): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'draft',
    permission: 'access-administer',
    target: { kind: 'AGREEMENT', key: input.source, revision: input.revision },
    takesEffect: false,
    apply: async (item, actor, permit) => {
      const kleNumbers = await context.source.kleNumbers(permit);
      const content = checkAgreement(input, { kleNumbers });
      return writeDraft(item, content, checkWhy('why', input.why), actor);
    },
  });
}

/** Writes the draft of the municipality's settings. */
export function draftSettings(context: Context, input: SettingsInput): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'draft',
    permission: 'access-administer',
    target: { kind: 'SETTINGS', key: 'settings', revision: input.revision },
    takesEffect: false,
    apply: (item, actor) => {
      const content = checkSettings(input, settingsAt(item, context.now()));
      return writeDraft(item, content, checkWhy('why', input.why), actor);
    },
  });
}

/** Writes the draft of where cases of a registered system open in that system. */
export function draftJump(context: Context, input: JumpInput): Promise<ChangeAnswer> {
  return changeItem(context, {
    name: 'draft',
    permission: 'access-administer',
    target: { kind: 'JUMP', key: requireUuid('system', input.system), revision: input.revision },
    takesEffect: false,
    apply: async (item, actor, permit) => {
      const system = await context.systems.registered(permit, item.key);
      if (!system) throw badInput('system', 'a registered IT system');
      const template = checkTemplate(input.template);
      const content = { kind: 'jump' as const, source: system.code, template };
      return writeDraft(item, content, checkWhy('why', input.why), actor);
    },
  });
}

async function referencesFor(
  { source, claims }: Context,
  permit: Permit<ChangePermission>,
): Promise<MappingReferences> {
  const agreements = await source.list(permit, { kind: 'agreement' }, MAX_SYSTEMS);
  return {
    cvr: claims.caller.cvr,
    kleNumbers: await source.kleNumbers(permit),
    units: await source.units(permit),
    systems: new Set(agreements.map((item) => item.key)),
  };
}

const MAX_SYSTEMS = 1000;
