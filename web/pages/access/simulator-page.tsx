import { useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import { SimulateSignIn } from '../../generated/operations.js';
import { ChoiceField } from '../../parts/fields/choice-field.js';
import { ColleagueField } from '../../parts/fields/colleague-field.js';
import { TextField } from '../../parts/fields/text-field.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { SimulationResult } from './simulation-result.js';

const WAYS = ['user', 'roles', 'token', 'privileges'] as const;
type Way = (typeof WAYS)[number];

/** Reads a sign-in as the real path would: what it gives, which parts are void and why, and what each section would say. */
export function SimulatorPage() {
  const { t } = useWords();
  usePageTitle(t('simulator'));
  const [{ data, fetching, error }, simulate] = useMutation(SimulateSignIn);
  const [way, setWay] = useState<Way>('user');
  const [text, setText] = useState('');
  const [citizenId, setCitizenId] = useState('');
  const [purpose, setPurpose] = useState('');
  const some = (value: string) => (value.trim() === '' ? null : value.trim());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void simulate({
      input: {
        user: way === 'user' ? text.trim() : null,
        token: way === 'token' ? text.trim() : null,
        privileges: way === 'privileges' ? text.trim() : null,
        jobFunctionRoles: way === 'roles' ? text.split(/\s+/).filter((role) => role !== '') : null,
        citizenId: some(citizenId),
        purpose: some(purpose),
      },
    });
  };
  return (
    <>
      <h1>{t('simulator')}</h1>
      <p>{t('simulatorIntro')}</p>
      <form className="section-card" onSubmit={submit}>
        <ChoiceField
          label={t('simulateBy')}
          value={way}
          options={WAYS.map((option) => [option, t(`simulate_${option}`)] as const)}
          onChange={(value) => {
            setWay(WAYS.find((known) => known === value) ?? 'user');
            setText('');
          }}
        />
        {way === 'user' ? (
          <ColleagueField label={t('simulate_user')} onChange={setText} />
        ) : (
          <SignInText label={t(`simulate_${way}`)} text={text} onChange={setText} />
        )}
        <TextField label={t('simulatePerson')} required={false} value={citizenId} onChange={setCitizenId} />
        <TextField label={t('purpose')} required={false} value={purpose} onChange={setPurpose} />
        <p className="actions">
          <button type="submit" className="button button-primary" disabled={fetching}>
            {t('simulate')}
          </button>
        </p>
        {error ? <ProblemMessage error={error} /> : null}
      </form>
      {data?.simulateSignIn ? <SimulationResult result={data.simulateSignIn} /> : null}
    </>
  );
}

interface SignInTextProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** A sign-in as it was received, to be pasted. */
function SignInText({ label, text, onChange }: SignInTextProps) {
  return (
    <>
      <label className="form-label" htmlFor="simulate-what">
        {label}
      </label>
      <textarea
        id="simulate-what"
        className="form-input wide-field"
        rows={4}
        required
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}
