import { useState } from 'react';
import { useMutation } from 'urql';
import { DraftAgreement, type ContentPartsFragment, type Sensitivity } from '../../generated/operations.js';
import { ChoiceField, ChoicesField } from '../../parts/fields/choice-field.js';
import { KleField } from '../../parts/fields/kle-field.js';
import { TextField } from '../../parts/fields/text-field.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import type { EditorProps } from './editor-props.js';
import { EditorForm } from './editor-form.js';
import { SENSITIVITIES } from './grant-editor.js';

const RECORD_KINDS = ['persons', 'cases', 'documents', 'benefits', 'alerts'];

/** What a source system may show the municipality, and deliver. */
export function AgreementEditor({ itemKey, revision, from, onDone }: EditorProps) {
  const { t, word } = useWords();
  const agreement = from?.agreement;
  const [{ fetching }, draft] = useMutation(DraftAgreement);
  const [fields, setFields] = useState(() => fieldsOf(itemKey, agreement ?? null));
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change });
  const { error, run } = useChange((outcome) => onDone(outcome, fields.source));
  const save = () =>
    void run(
      draft({ input: { ...fields, revision, staleAfterHours: Number(fields.staleAfterHours) } }).then(
        (told) => ({
          error: told.error,
          outcome: told.data?.draftAgreement?.outcome,
        }),
      ),
    );
  const flags = [
    ['read', t('agreementRead')],
    ['deliver', t('agreementDeliver')],
    ['crossAuthority', t('agreementCross')],
  ] as const;
  return (
    <EditorForm
      why={fields.why}
      onWhy={(why) => set({ why })}
      busy={fetching}
      error={error}
      onSave={save}
      onCancel={itemKey === null ? undefined : () => onDone(null, itemKey)}
    >
      {itemKey === null ? (
        <TextField
          label={t('agreementSource')}
          value={fields.source}
          maxLength={30}
          onChange={(source) => set({ source })}
        />
      ) : null}
      <TextField
        label={t('mappingName')}
        value={fields.name}
        maxLength={255}
        onChange={(name) => set({ name })}
      />
      <ChoicesField
        label={t('agreementKinds')}
        values={fields.kinds}
        options={RECORD_KINDS.map((kind) => [kind, word('kind', kind)] as const)}
        onChange={(kinds) => set({ kinds })}
      />
      <ChoicesField
        label={t('agreementAllows')}
        values={flags.filter(([name]) => fields[name]).map(([name]) => name)}
        options={flags}
        onChange={(names) =>
          set({
            read: names.includes('read'),
            deliver: names.includes('deliver'),
            crossAuthority: names.includes('crossAuthority'),
          })
        }
      />
      <KleField label={t('kle')} values={fields.kle} onChange={(kle) => set({ kle })} />
      <ChoiceField
        label={t('sensitivity')}
        value={fields.sensitivity}
        options={SENSITIVITIES.map((one) => [one, word('sensitivity', one)] as const)}
        onChange={(value) =>
          set({ sensitivity: SENSITIVITIES.find((one) => one === value) ?? fields.sensitivity })
        }
      />
      <TextField
        label={t('agreementStale')}
        type="number"
        min={1}
        max={8784}
        value={fields.staleAfterHours}
        onChange={(staleAfterHours) => set({ staleAfterHours })}
      />
    </EditorForm>
  );
}

type Agreement = NonNullable<ContentPartsFragment['agreement']>;

/** What a new agreement begins with: it may show and deliver, and covers nothing yet. */
const NEW = {
  name: '',
  kinds: [] as readonly string[],
  read: true,
  deliver: true,
  kle: [] as readonly string[],
  sensitivity: 'CONFIDENTIAL' as Sensitivity,
  crossAuthority: false,
  staleAfterHours: 48,
};

function fieldsOf(key: string | null, agreement: Agreement | null) {
  const { name, kinds, read, deliver, kle, sensitivity, crossAuthority, staleAfterHours } = agreement ?? NEW;
  const taken = { name, kinds, read, deliver, kle, sensitivity, crossAuthority };
  return { ...taken, source: key ?? '', staleAfterHours: String(staleAfterHours), why: '' };
}
