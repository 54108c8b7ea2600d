import { FieldList } from '../../parts/form/field-list.js';
import { codeName } from '../../text/codes.js';
import { useWords } from '../../text/text.js';
import { constraintList, roleList, unbounded, type GrantChoices, type GrantFields } from './grant-fields.js';

interface GrantEditorProps {
  /** Its place among the grants of the mapping. */
  readonly place: number;
  readonly grant: GrantFields;
  readonly choices: GrantChoices;
  readonly onChange: (grant: GrantFields) => void;
  readonly onRemove: () => void;
}

/** One system role of a mapping with the constraints that role can carry, and no others. */
export function GrantEditor({ place, grant, choices, onChange, onRemove }: GrantEditorProps) {
  const words = useWords();
  // A mapping may name a role by its URI.
  const role = choices.roles.find(({ uri }) => uri === grant.role)?.name ?? grant.role;
  const named = codeName('roles', grant.role, words.language);
  const under = `grants.${place}.`;
  return (
    <fieldset className="grant-editor">
      <legend>{named}</legend>
      <FieldList
        list={roleList(role, choices, words)}
        fields={{ ...grant, role }}
        set={(change) => onChange(unbounded(change.role ?? role))}
        under={under}
      />
      {/* Another role carries other constraints: what was written of the first one's is gone. */}
      <FieldList
        key={role}
        list={constraintList(role, choices, words)}
        fields={grant}
        set={(change) => onChange({ ...grant, ...change })}
        under={under}
      />
      <p>
        <button type="button" className="plain" onClick={onRemove}>
          {words.t('removeRole', { role: named })}
        </button>
      </p>
    </fieldset>
  );
}
