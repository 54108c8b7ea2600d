import { useQuery } from 'urql';
import { DraftSettings, MappingChoices } from '../../generated/operations.js';
import { codeName } from '../../text/codes.js';
import { useWords } from '../../text/text.js';
import { DraftForm } from './draft-form.js';
import type { EditorProps } from './editor-props.js';
import { settingsFields, settingsInput, settingsList } from './settings-fields.js';
import { useDraftForm } from './use-draft-form.js';

/** The municipality's own choices: sections, types of remarks, headings, sessions, and look-ups of those close to the user. */
export function SettingsEditor(props: EditorProps) {
  const words = useWords();
  const [{ data: choices }] = useQuery({ query: MappingChoices });
  const draft = useDraftForm(props, {
    kind: 'SETTINGS',
    mutation: DraftSettings,
    start: settingsFields(props.from?.settings ?? null),
    keyOf: () => 'settings',
    inputOf: settingsInput,
    answerOf: ({ draftSettings }) => draftSettings,
  });
  const roles = (choices?.systemRoles ?? []).map(
    ({ name }) => [name, codeName('roles', name, words.language)] as const,
  );
  return <DraftForm draft={draft} list={settingsList(draft.form.fields, roles, words)} />;
}
