import { useQuery } from 'urql';
import { MappingChoices } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { GrantEditor } from './grant-editor.js';
import { unbounded } from './grant-fields.js';
import type { Numbered } from './mapping-fields.js';

interface GrantsEditorProps {
  readonly grants: readonly Numbered[];
  readonly onChange: (grants: readonly Numbered[]) => void;
}

/** The system roles of a mapping, each with its constraints. */
export function GrantsEditor({ grants, onChange }: GrantsEditorProps) {
  const { t } = useWords();
  const [{ data }] = useQuery({ query: MappingChoices });
  const choices = {
    roles: data?.systemRoles ?? [],
    units: (data?.organisationUnits ?? []).map(({ id, name }) => [id, name ?? id] as const),
  };
  const next = Math.max(-1, ...grants.map(({ number }) => number)) + 1;
  return (
    <>
      {grants.map(({ number, grant }, place) => (
        <GrantEditor
          key={number}
          place={place}
          grant={grant}
          choices={choices}
          onChange={(changed) => onChange(grants.with(place, { number, grant: changed }))}
          onRemove={() => onChange(grants.filter((other) => other.number !== number))}
        />
      ))}
      <button
        type="button"
        className="button button-secondary"
        onClick={() => onChange([...grants, { number: next, grant: unbounded('citizen-read') }])}
      >
        {t('addRole')}
      </button>
    </>
  );
}
