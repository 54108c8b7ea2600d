import { DraftMapping } from '../../generated/operations.js';
import { FieldList } from '../../parts/form/field-list.js';
import { useWords } from '../../text/text.js';
import { DraftForm } from './draft-form.js';
import type { EditorProps } from './editor-props.js';
import { mappingFields, mappingInput, mappingList } from './mapping-fields.js';
import { MatrixEditor } from './matrix-editor.js';
import { useDraftForm } from './use-draft-form.js';

/** Drafts a mapping. Nothing of it holds before it has been proposed, and approved by somebody else. */
export function MappingEditor(props: EditorProps) {
  const { itemKey, from } = props;
  const words = useWords();
  const mapping = from?.mapping ?? null;
  const draft = useDraftForm(props, {
    kind: 'MAPPING',
    mutation: DraftMapping,
    start: mappingFields(itemKey, mapping),
    keyOf: ({ uri }) => uri,
    inputOf: (fields, revision) => mappingInput(fields, revision, mapping),
    answerOf: ({ draftMapping }) => draftMapping,
  });
  const { fields, set } = draft.form;
  const isNew = itemKey === null;
  const about = <FieldList list={mappingList(isNew, words)} fields={fields} set={set} />;
  return (
    <DraftForm draft={draft} list={[]}>
      {isNew ? (
        about
      ) : (
        <details>
          <summary>{words.t('mappingAbout')}</summary>
          {about}
        </details>
      )}
      <MatrixEditor grants={fields.grants} onChange={(grants) => set({ grants })} />
    </DraftForm>
  );
}
