import type { AgreementInput, ContentPartsFragment } from '../../generated/operations.js';
import type { FieldsOf } from '../../parts/form/field-spec.js';
import type { Words } from '../../text/text.js';
import { SENSITIVITIES } from './sensitivities.js';

type Agreement = NonNullable<ContentPartsFragment['agreement']>;

const RECORD_KINDS = ['persons', 'cases', 'documents', 'benefits', 'alerts'];

type BeginsWith =
  'name' | 'kinds' | 'read' | 'deliver' | 'kle' | 'sensitivity' | 'crossAuthority' | 'staleAfterHours';

/** What a new agreement begins with: it may show and deliver, and covers nothing yet. */
const NEW: Pick<Agreement, BeginsWith> = {
  name: '',
  kinds: [],
  read: true,
  deliver: true,
  kle: [],
  sensitivity: 'CONFIDENTIAL',
  crossAuthority: false,
  staleAfterHours: 48,
};

/** An agreement as it is edited. */
export type AgreementFields = ReturnType<typeof agreementFields>;

/**
 * @param key the source system's code; null for a new agreement
 * @returns what its editor begins with
 */
export function agreementFields(key: string | null, agreement: Agreement | null) {
  const { name, kinds, kle, sensitivity, staleAfterHours, ...flags } = agreement ?? NEW;
  const allowed: readonly string[] = (['read', 'deliver', 'crossAuthority'] as const).filter(
    (flag) => flags[flag],
  );
  return {
    source: key ?? '',
    name,
    kinds,
    allowed,
    kle,
    sensitivity,
    staleAfterHours: String(staleAfterHours),
    why: '',
  };
}

/** @returns an agreement as it is sent. */
export function agreementInput(fields: AgreementFields, revision: number): AgreementInput {
  const { allowed, staleAfterHours, ...rest } = fields;
  return {
    ...rest,
    revision,
    read: allowed.includes('read'),
    deliver: allowed.includes('deliver'),
    crossAuthority: allowed.includes('crossAuthority'),
    staleAfterHours: Number(staleAfterHours),
  };
}

/** @returns the fields of an agreement's editor; the source system is asked for a new one. */
export function agreementList(isNew: boolean, { t, word }: Words): FieldsOf<AgreementFields> {
  const allowed = [
    ['read', t('agreementRead')],
    ['deliver', t('agreementDeliver')],
    ['crossAuthority', t('agreementCross')],
  ] as const;
  const kinds = RECORD_KINDS.map((kind) => [kind, word('kind', kind)] as const);
  const sensitivities = SENSITIVITIES.map(
    (sensitivity) => [sensitivity, word('sensitivity', sensitivity)] as const,
  );
  return [
    isNew ? { as: 'text', name: 'source', label: t('agreementSource'), maxLength: 30 } : null,
    { as: 'text', name: 'name', label: t('mappingName'), maxLength: 255 },
    { as: 'choices', name: 'kinds', label: t('agreementKinds'), options: kinds },
    { as: 'choices', name: 'allowed', label: t('agreementAllows'), options: allowed },
    { as: 'kle', name: 'kle', label: t('kle') },
    { as: 'choice', name: 'sensitivity', label: t('sensitivity'), options: sensitivities },
    { as: 'text', name: 'staleAfterHours', label: t('agreementStale'), type: 'number', min: 1, max: 8784 },
  ];
}
