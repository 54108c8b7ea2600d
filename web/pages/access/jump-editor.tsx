import { useState } from 'react';
import { useMutation } from 'urql';
import { DraftJump } from '../../generated/operations.js';
import { TextField } from '../../parts/fields/text-field.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import type { EditorProps } from './editor-props.js';
import { EditorForm } from './editor-form.js';

/** Where a case of a source system opens in that system; the key is the IT system's UUID. */
export function JumpEditor({ itemKey, revision, from, onDone }: EditorProps) {
  const { t } = useWords();
  const [{ fetching }, draft] = useMutation(DraftJump);
  const [fields, setFields] = useState({
    system: itemKey ?? '',
    template: from?.jump?.template ?? '',
    why: '',
  });
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change });
  const { error, run } = useChange((outcome) => onDone(outcome, fields.system));
  const save = () =>
    void run(
      draft({ input: { ...fields, revision } }).then((told) => ({
        error: told.error,
        outcome: told.data?.draftJump?.outcome,
      })),
    );
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
        <TextField label={t('jumpSystem')} value={fields.system} onChange={(system) => set({ system })} />
      ) : null}
      <TextField
        label={t('jumpTemplate')}
        hint={t('jumpHint')}
        required={false}
        maxLength={500}
        value={fields.template}
        onChange={(template) => set({ template })}
      />
    </EditorForm>
  );
}
