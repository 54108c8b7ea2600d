import { useState, type SubmitEvent } from 'react';
import { useLocation } from 'wouter';
import { useMutation, useQuery } from 'urql';
import {
  DraftMapping,
  MappingChoices,
  type MappedGrantInput,
  type MappingContentPartsFragment,
} from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import { GrantEditor } from './grant-editor.js';
import { mappingPath } from './mappings-page.js';

interface MappingEditorProps {
  /** Null for a new one. */
  readonly uri: string | null;
  readonly revision: number;
  readonly from: MappingContentPartsFragment | null;
  /** Null when nothing was done. */
  readonly onDone: (outcome: 'DONE' | 'STALE' | null) => void;
}

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
export function MappingEditor({ uri, revision, from, onDone }: MappingEditorProps) {
  const { t } = useWords();
  const [, go] = useLocation();
  const [{ data: choices }] = useQuery({ query: MappingChoices });
  const [{ fetching }, draft] = useMutation(DraftMapping);
  const [grants, setGrants] = useState<readonly Edited[]>(() =>
    (from?.grants ?? [NEW]).map((grant, number) => ({ number, grant: inputOf(grant) })),
  );
  const [fields, setFields] = useState({
    uri: uri ?? '',
    name: from?.name ?? '',
    description: from?.description ?? '',
    why: '',
  });
  const { error, run } = useChange((outcome) => {
    if (uri === null && outcome === 'DONE') go(mappingPath(fields.uri));
    else onDone(outcome);
  });
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const input = {
      ...fields,
      revision,
      grants: grants.map(({ grant }) => grant),
      validFrom: from?.validFrom ?? null,
      validTo: from?.validTo ?? null,
      caseNumber: from?.caseNumber ?? null,
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
          name="uri"
          label={t('mappingUri')}
          value={fields.uri}
          onChange={(value) => setFields({ ...fields, uri: value })}
        />
      ) : null}
      <TextField
        name="name"
        label={t('mappingName')}
        value={fields.name}
        onChange={(value) => setFields({ ...fields, name: value })}
      />
      <TextField
        name="description"
        label={t('description')}
        value={fields.description}
        required={false}
        onChange={(value) => setFields({ ...fields, description: value })}
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
        name="why"
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
          <button type="button" className="button button-secondary" onClick={() => onDone(null)}>
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

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly onChange: (value: string) => void;
}

function TextField({ name, label, value, required = true, minLength, maxLength, onChange }: TextFieldProps) {
  return (
    <>
      <label className="form-label" htmlFor={`mapping-${name}`}>
        {label}
      </label>
      <input
        id={`mapping-${name}`}
        className="form-input wide-field"
        required={required}
        minLength={minLength}
        maxLength={maxLength ?? 4096}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}
