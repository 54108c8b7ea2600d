import { useId, useState } from 'react';
import { useFieldErrors } from '../../parts/form/field-errors.js';
import { codeName } from '../../text/codes.js';
import { useWords, type Words } from '../../text/text.js';
import { BoundFields } from './bound-fields.js';
import {
  boundsOf,
  codesOf,
  isParametric,
  led,
  type Bound,
  type GrantChoices,
  type GrantEditorProps,
  type GrantFields,
} from './grant-fields.js';
import { SensitivityCell } from './sensitivity-cell.js';

interface MatrixEditorRowProps extends GrantEditorProps {
  readonly onRemove: () => void;
}

/** One system role of a mapping: what bounds it at a glance, and the fields to bound it by under that. */
export function MatrixEditorRow({ onRemove, ...edit }: MatrixEditorRowProps) {
  const { place, grant, leader, choices } = edit;
  const words = useWords();
  const { t, language } = words;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const isWrong = useFieldErrors(`grants.${place}.`);
  const bounds = boundsOf(grant.role, choices);
  const name = codeName('roles', grant.role, language);
  const cells = cellsOf(leader ? led(grant, leader) : grant, choices, words);
  const text = (bound: Bound) =>
    !bounds.includes(bound)
      ? '–'
      : grant.follows.includes(bound)
        ? t('asCases')
        : cells[bound] || t('boundNone');
  const canOpen = bounds.some((bound) => bound !== 'sensitivity');
  return (
    <tbody>
      <tr>
        <th scope="row">
          <span className="check">
            <input type="checkbox" id={`${id}-given`} checked onChange={onRemove} />
            <label htmlFor={`${id}-given`} title={grant.role}>
              {name}
            </label>
          </span>
        </th>
        <td className="cut-cell" title={cells.kle}>
          {text('kle')}
        </td>
        <td>{bounds.includes('sensitivity') ? <SensitivityCell {...edit} name={name} /> : '–'}</td>
        <td>{text('units')}</td>
        <td>{text('systems')}</td>
        <td>
          {canOpen ? (
            <button
              type="button"
              className="plain"
              aria-expanded={isOpen || isWrong}
              aria-controls={`${id}-bounds`}
              aria-label={t('boundOf', { role: name })}
              onClick={() => setOpen(!isOpen)}
            >
              {t('matrixBound')}
            </button>
          ) : null}
        </td>
      </tr>
      {canOpen ? (
        <tr id={`${id}-bounds`} hidden={!isOpen && !isWrong}>
          <td colSpan={6}>
            <BoundFields {...edit} name={name} />
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

/** @returns what stands in a row's cells; empty where nothing bounds. */
function cellsOf(grant: GrantFields, { units }: GrantChoices, { t }: Words): Readonly<Record<Bound, string>> {
  const nameOf = (unit: string) => units.find(([id]) => id === unit)?.[1] ?? unit;
  const cell = (bound: Bound, values: readonly string[]) =>
    isParametric(grant, bound) ? t('parametric') : values.join(', ');
  return {
    kle: cell('kle', grant.kle),
    sensitivity: '',
    units: cell('units', grant.units.map(nameOf)),
    systems: cell('systems', codesOf(grant.systems)),
  };
}
