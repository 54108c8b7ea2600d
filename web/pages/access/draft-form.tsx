import type { ReactNode } from 'react';
import { EditForm } from '../../parts/form/edit-form.js';
import { FieldList } from '../../parts/form/field-list.js';
import type { FieldsOf } from '../../parts/form/field-spec.js';
import type { Form } from '../../parts/form/use-form.js';
import { useWords } from '../../text/text.js';
import type { DraftForm as Draft } from './use-draft-form.js';

interface Reasoned {
  readonly why: string;
}

interface DraftFormProps<F extends Reasoned> {
  readonly draft: Draft<F>;
  readonly list: FieldsOf<F>;
  /** Stands between the fields and the reason. */
  readonly children?: ReactNode;
}

/** The form of any draft: its fields, the reason, and the way on and back. */
export function DraftForm<F extends Reasoned>({ draft, list, children }: DraftFormProps<F>) {
  const { t } = useWords();
  const { form, onCancel } = draft;
  // cast: every F has a reason, and it is a text
  const reason: Form<Reasoned> = { ...form, set: ({ why = '' }) => form.set({ why } as Partial<F>) };
  return (
    <EditForm form={form} saveText={t('saveDraft')} onCancel={onCancel}>
      <FieldList list={list} fields={form.fields} set={form.set} />
      {children}
      <FieldList
        list={[{ as: 'text', name: 'why', label: t('why'), minLength: 10, maxLength: 255 }]}
        fields={reason.fields}
        set={reason.set}
      />
    </EditForm>
  );
}
