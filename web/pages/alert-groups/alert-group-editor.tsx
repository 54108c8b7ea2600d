import { useMutation, useQuery } from 'urql';
import { AlertGroupChoices, SaveAlertGroup } from '../../generated/operations.js';
import { EditForm } from '../../parts/form/edit-form.js';
import { FieldList } from '../../parts/form/field-list.js';
import { useForm } from '../../parts/form/use-form.js';
import { useWords } from '../../text/text.js';
import { groupFields, groupInput } from './group-fields.js';
import { groupList } from './group-list.js';
import type { Group } from './group.js';

interface AlertGroupEditorProps {
  /** Null for a new one. */
  readonly group: Group | null;
  readonly onDone: (saved: boolean) => void;
}

/** Makes or changes a group. */
export function AlertGroupEditor({ group, onDone }: AlertGroupEditorProps) {
  const words = useWords();
  const [{ data: choices }] = useQuery({ query: AlertGroupChoices });
  const [, save] = useMutation(SaveAlertGroup);
  const id = group?.id ?? null;
  const form = useForm({
    key: `alert group ${id ?? ''}`,
    revision: group?.revision ?? 0,
    start: groupFields(group),
    send: async (fields, revision) => {
      const { error, data } = await save({ input: groupInput(id, revision, fields) });
      const outcome = data?.saveAlertGroup ?? undefined;
      return { error, outcome, isTaken: outcome !== undefined };
    },
    onOutcome: () => onDone(true),
  });
  return (
    <EditForm form={form} saveText={words.t('groupSave')} onCancel={() => onDone(false)}>
      <FieldList list={groupList(form.fields, choices, words)} fields={form.fields} set={form.set} />
    </EditForm>
  );
}
