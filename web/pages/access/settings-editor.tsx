import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  DraftSettings,
  MappingChoices,
  type OverviewSection,
  type RelatedRule,
} from '../../generated/operations.js';
import { ChoiceField, ChoicesField } from '../../parts/fields/choice-field.js';
import { LinesField } from '../../parts/fields/lines-field.js';
import { TextField } from '../../parts/fields/text-field.js';
import { codeName } from '../../text/codes.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import type { EditorProps } from './editor-props.js';
import { EditorForm } from './editor-form.js';

const SECTIONS: readonly OverviewSection[] = [
  'ADDRESS',
  'FAMILY',
  'HOUSEHOLD',
  'REMARKS',
  'CASES',
  'CONTROL_CASES',
  'DOCUMENTS',
  'BENEFITS',
  'ALERTS',
];
const RULES: readonly RelatedRule[] = ['REFUSE', 'ALARM'];

/** Numbers of the settings with their limits; the server holds the same ones and decides. */
const NUMBERS = [
  { name: 'liftMinutes', label: 'settingsLiftMinutes', first: 60, min: 5, max: 480 },
  { name: 'liftsPerDay', label: 'settingsLiftsPerDay', first: 10, min: 1, max: 50 },
  { name: 'reviewDays', label: 'settingsReviewDays', first: 7, min: 1, max: 30 },
  { name: 'lookUpsPerHour', label: 'settingsLookUps', first: 100, min: 1, max: 10_000 },
  { name: 'sessionIdleMinutes', label: 'settingsIdle', first: 30, min: 5, max: 480 },
  { name: 'sessionHours', label: 'settingsHours', first: 10, min: 1, max: 24 },
] as const;
const RELATED = [
  { name: 'ownRecord', label: 'settingsOwn' },
  { name: 'kin', label: 'settingsKin' },
  { name: 'colleagues', label: 'settingsColleagues' },
] as const;

/** The municipality's own choices: sections, types of remarks, headings, sessions, and look-ups of those close to the user. */
export function SettingsEditor({ revision, from, onDone }: EditorProps) {
  const { t, word, language } = useWords();
  const settings = from?.settings;
  const [{ data: choices }] = useQuery({ query: MappingChoices });
  const [{ fetching }, draft] = useMutation(DraftSettings);
  const [sectionsOff, setSectionsOff] = useState(settings?.sectionsOff ?? []);
  const [remarkTypes, setRemarkTypes] = useState(settings?.remarkTypes ?? []);
  const [noteHeadings, setNoteHeadings] = useState(settings?.noteHeadings ?? []);
  const [testPersons, setTestPersons] = useState(settings?.testPersons ?? []);
  const [highAssuranceRoles, setHighAssuranceRoles] = useState(settings?.highAssuranceRoles ?? []);
  const [numbers, setNumbers] = useState(() =>
    Object.fromEntries(NUMBERS.map(({ name, first }) => [name, String(settings?.[name] ?? first)])),
  );
  const [related, setRelated] = useState<Readonly<Record<string, RelatedRule>>>(() =>
    Object.fromEntries(RELATED.map(({ name }) => [name, settings?.[name] ?? 'ALARM'])),
  );
  const [why, setWhy] = useState('');
  const { error, run } = useChange((outcome) => onDone(outcome, 'settings'));
  const number = (name: (typeof NUMBERS)[number]['name']) => Number(numbers[name]);
  const rule = (name: (typeof RELATED)[number]['name']): RelatedRule => related[name] ?? 'ALARM';
  const save = () => {
    const input = {
      revision,
      sectionsOff,
      remarkTypes,
      noteHeadings,
      highAssuranceRoles,
      liftMinutes: number('liftMinutes'),
      liftsPerDay: number('liftsPerDay'),
      reviewDays: number('reviewDays'),
      lookUpsPerHour: number('lookUpsPerHour'),
      sessionIdleMinutes: number('sessionIdleMinutes'),
      sessionHours: number('sessionHours'),
      ownRecord: rule('ownRecord'),
      kin: rule('kin'),
      colleagues: rule('colleagues'),
      testPersons,
      why,
    };
    void run(
      draft({ input }).then((told) => ({ error: told.error, outcome: told.data?.draftSettings?.outcome })),
    );
  };
  return (
    <EditorForm
      why={why}
      onWhy={setWhy}
      busy={fetching}
      error={error}
      onSave={save}
      onCancel={() => onDone(null, 'settings')}
    >
      <LinesField label={t('settingsRemarkTypes')} values={remarkTypes} onChange={setRemarkTypes} />
      <LinesField label={t('settingsNoteHeadings')} values={noteHeadings} onChange={setNoteHeadings} />
      <ChoicesField
        label={t('settingsOff')}
        values={sectionsOff}
        options={SECTIONS.map((one) => [one, word('section', one)] as const)}
        onChange={(values) => setSectionsOff(SECTIONS.filter((one) => values.includes(one)))}
      />
      {NUMBERS.map(({ name, label, min, max }) => (
        <TextField
          key={name}
          label={t(label)}
          type="number"
          min={min}
          max={max}
          value={numbers[name] ?? ''}
          onChange={(value) => setNumbers({ ...numbers, [name]: value })}
        />
      ))}
      {RELATED.map(({ name, label }) => (
        <ChoiceField
          key={name}
          label={t(label)}
          value={rule(name)}
          options={RULES.map((one) => [one, word('related', one)] as const)}
          onChange={(value) =>
            setRelated({ ...related, [name]: RULES.find((one) => one === value) ?? 'ALARM' })
          }
        />
      ))}
      <LinesField label={t('settingsTestPersons')} values={testPersons} onChange={setTestPersons} />
      <details>
        <summary>{t('settingsHighRoles', { count: highAssuranceRoles.length })}</summary>
        <ChoicesField
          label={t('settingsHighRole')}
          values={highAssuranceRoles}
          options={(choices?.systemRoles ?? []).map(
            ({ name }) => [name, codeName('roles', name, language)] as const,
          )}
          onChange={setHighAssuranceRoles}
        />
      </details>
    </EditorForm>
  );
}
