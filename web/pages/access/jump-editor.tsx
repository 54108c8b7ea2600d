import { DraftJump } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { DraftForm } from './draft-form.js';
import type { EditorProps } from './editor-props.js';
import { useDraftForm } from './use-draft-form.js';

/** Where a case of a source system opens in that system; the key is the IT system's UUID. */
export function JumpEditor(props: EditorProps) {
  const { itemKey, from } = props;
  const { t } = useWords();
  const draft = useDraftForm(props, {
    kind: 'JUMP',
    mutation: DraftJump,
    start: { system: itemKey ?? '', template: from?.jump?.template ?? '', why: '' },
    keyOf: ({ system }) => system,
    inputOf: (fields, revision) => ({ ...fields, revision }),
    answerOf: ({ draftJump }) => draftJump,
  });
  return (
    <DraftForm
      draft={draft}
      list={[
        itemKey === null ? { as: 'text', name: 'system', label: t('jumpSystem') } : null,
        {
          as: 'text',
          name: 'template',
          label: t('jumpTemplate'),
          hint: t('jumpHint'),
          required: false,
          maxLength: 500,
        },
      ]}
    />
  );
}
