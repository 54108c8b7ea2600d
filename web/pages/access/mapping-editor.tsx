import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import { DraftMapping, MappingChoices, type MappedGrantInput } from '../../generated/operations.js';
import { TextField } from '../../parts/fields/text-field.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import type { EditorProps } from './editor-props.js';
import { GrantEditor } from './grant-editor.js';
import { danishClock, danishMoment } from '../../../subgraphs/shared/days/danish-clock.js';

/** A grant being edited; the number keeps its fields its own while others come and go. */
interface Edited {
  readonly number: number;
  readonly grant: MappedGrantInput;
}

const NEW: MappedGrantInput = {
  role: 'citizen-read',
  kle: null,
  sensitivity: null,
  units: null,
  systems: null,
  parametric: [],
};

/** Drafts a mapping. Nothing of it holds before it has been proposed, and approved by somebody else. */
export function MappingEditor({ itemKey: uri, revision, from: content, onDone }: EditorProps) {
  const from = content?.mapping ?? null;
  const { t } = useWords();
  const [{ data: choices }] = useQuery({ query: MappingChoices });
  const [{ fetching }, draft] = useMutation(DraftMapping);
  const [grants, setGrants] = useState<readonly Edited[]>(() =>
    (from?.grants ?? [NEW]).map((grant, number) => ({ number, grant: inputOf(grant) })),
  );
  const [fields, setFields] = useState({
    uri: uri ?? '',
    name: from?.name ?? '',
    description: from?.description ?? '',
    validTo: from?.validTo == null ? '' : danishClock(new Date(from.validTo)),
    caseNumber: from?.caseNumber ?? '',
    why: '',
  });
  const { error, run } = useChange((outcome) => onDone(outcome, fields.uri));
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const input = {
      ...fields,
      revision,
      grants: grants.map(({ grant }) => grant),
      validFrom: from?.validFrom ?? null,
      validTo: fields.validTo === '' ? null : danishMoment(fields.validTo).toISOString(),
      caseNumber: fields.caseNumber === '' ? null : fields.caseNumber,
    };
    void run(
      draft({ input }).then((told) => ({ error: told.error, outcome: told.data?.draftMapping?.outcome })),
    );
  };
  const change = (number: number, grant: MappedGrantInput) =>
    setGrants(grants.map((one) => (one.number === number ? { number, grant } : one)));
  const next = Math.max(-1, ...grants.map(({ number }) => number)) + 1;
  return (
    <form onSubmit={save} className="section-card">
      {uri === null ? (
        <TextField
          label={t('mappingUri')}
          value={fields.uri}
          onChange={(value) => setFields({ ...fields, uri: value })}
        />
      ) : null}
      <TextField
        label={t('mappingName')}
        value={fields.name}
        onChange={(value) => setFields({ ...fields, name: value })}
      />
      <TextField
        label={t('description')}
        value={fields.description}
        required={false}
        onChange={(value) => setFields({ ...fields, description: value })}
      />
      <TextField
        label={t('mappingTo')}
        type="datetime-local"
        required={false}
        value={fields.validTo}
        onChange={(value) => setFields({ ...fields, validTo: value })}
      />
      <TextField
        label={t('mappingCase')}
        required={false}
        maxLength={50}
        value={fields.caseNumber}
        onChange={(value) => setFields({ ...fields, caseNumber: value })}
      />
      {grants.map(({ number, grant }) => (
        <GrantEditor
          key={number}
          number={number}
          grant={grant}
          roles={choices?.systemRoles ?? []}
          units={choices?.organisationUnits ?? []}
          onChange={(changed) => change(number, changed)}
          onRemove={() => setGrants(grants.filter((one) => one.number !== number))}
        />
      ))}
      <button
        type="button"
        className="button button-secondary"
        onClick={() => setGrants([...grants, { number: next, grant: NEW }])}
      >
        {t('addRole')}
      </button>
      <TextField
        label={t('why')}
        value={fields.why}
        minLength={10}
        maxLength={255}
        onChange={(value) => setFields({ ...fields, why: value })}
      />
      <p className="actions">
        <button type="submit" className="button button-primary" disabled={fetching}>
          {t('saveDraft')}
        </button>
        {uri === null ? null : (
          <button type="button" className="button button-secondary" onClick={() => onDone(null, fields.uri)}>
            {t('cancel')}
          </button>
        )}
      </p>
      {error ? <ProblemMessage error={error} /> : null}
    </form>
  );
}

/** @returns a grant as it is sent: without what the server says of it. */
function inputOf({
  role,
  kle,
  sensitivity,
  units,
  systems,
  parametric = [],
}: MappedGrantInput): MappedGrantInput {
  return {
    role,
    kle: kle ?? null,
    sensitivity: sensitivity ?? null,
    units: units ?? null,
    systems: systems ?? null,
    parametric,
  };
}
