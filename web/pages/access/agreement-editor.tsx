import { DraftAgreement } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { agreementFields, agreementInput, agreementList } from './agreement-fields.js';
import { DraftForm } from './draft-form.js';
import type { EditorProps } from './editor-props.js';
import { useDraftForm } from './use-draft-form.js';

/** What a source system may show the municipality, and deliver. */
export function AgreementEditor(props: EditorProps) {
  const { itemKey, from } = props;
  const words = useWords();
  const draft = useDraftForm(props, {
    kind: 'AGREEMENT',
    mutation: DraftAgreement,
    start: agreementFields(itemKey, from?.agreement ?? null),
    keyOf: ({ source }) => source,
    inputOf: agreementInput,
    answerOf: ({ draftAgreement }) => draftAgreement,
  });
  return <DraftForm draft={draft} list={agreementList(itemKey === null, words)} />;
}
