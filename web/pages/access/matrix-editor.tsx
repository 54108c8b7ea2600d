import { useId } from 'react';
import { codeName } from '../../text/codes.js';
import { useWords } from '../../text/text.js';
import { useGrantChoices } from './grant-choices.js';
import { led, newGrant, roleNameOf, type GrantChoices, type GrantFields } from './grant-fields.js';
import { leaderOf, type Numbered } from './mapping-fields.js';
import { MatrixEditorRow } from './matrix-editor-row.js';

interface MatrixEditorProps {
  readonly grants: readonly Numbered[];
  readonly onChange: (grants: readonly Numbered[]) => void;
}

/** What a job-function role gives, to be changed: a tick gives a system role, a cell bounds it, and what is as for cases is written once. */
export function MatrixEditor({ grants, onChange }: MatrixEditorProps) {
  const { t } = useWords();
  const choices = useGrantChoices();
  const leader = leaderOf(grants);
  const next = Math.max(-1, ...grants.map(({ number }) => number)) + 1;
  const add = (role: string) =>
    onChange([...grants, { number: next, grant: newGrant(role, leader, choices) }]);
  const change = (place: number, changed: GrantFields) => {
    const { number } = grants[place] ?? { number: next };
    onChange(grants.with(place, { number, grant: changed }));
  };
  return (
    <>
      <div className="scrolls" tabIndex={0} role="group" aria-label={t('matrix')}>
        <table className="table table--compact matrix">
          <thead>
            <tr>
              <th scope="col">{t('matrixMay')}</th>
              <th scope="col">{t('matrixKle')}</th>
              <th scope="col">{t('matrixSensitivity')}</th>
              <th scope="col">{t('units')}</th>
              <th scope="col">{t('systems')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('matrixBound')}</span>
              </th>
            </tr>
          </thead>
          {grants.map(({ number, grant }, place) => (
            <MatrixEditorRow
              key={number}
              place={place}
              grant={grant}
              leader={grant === leader ? undefined : leader}
              choices={choices}
              onChange={(changed) => change(place, changed)}
              onRemove={() => onChange(without(grants, place))}
            />
          ))}
        </table>
      </div>
      <MoreRoles grants={grants} choices={choices} onAdd={add} />
    </>
  );
}

/** @returns the grants without one; what followed it keeps what it had. */
function without(grants: readonly Numbered[], place: number): readonly Numbered[] {
  const removed = grants[place]?.grant;
  const rest = grants.filter((_other, at) => at !== place);
  if (removed === undefined || removed !== leaderOf(grants)) return rest;
  return rest.map(({ number, grant }) => ({ number, grant: { ...led(grant, removed), follows: [] } }));
}

interface MoreRolesProps {
  readonly grants: readonly Numbered[];
  readonly choices: GrantChoices;
  readonly onAdd: (role: string) => void;
}

/** The system roles that are not given: a tick gives one, and its row is there to be bounded. */
function MoreRoles({ grants, choices, onAdd }: MoreRolesProps) {
  const { t, language } = useWords();
  const id = useId();
  const given = new Set(grants.map(({ grant }) => roleNameOf(grant.role, choices)));
  return (
    <fieldset className="choices">
      <legend>{t('matrixMore')}</legend>
      {choices.roles
        .filter(({ name }) => !given.has(name))
        .map(({ name }) => (
          <div className="check" key={name}>
            <input type="checkbox" id={`${id}-${name}`} checked={false} onChange={() => onAdd(name)} />
            <label htmlFor={`${id}-${name}`} title={name}>
              {codeName('roles', name, language)}
            </label>
          </div>
        ))}
    </fieldset>
  );
}
