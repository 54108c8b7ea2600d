import type { KeyboardEvent } from 'react';
import { Link } from 'wouter';
import { moveByArrows } from '../../parts/move-by-arrows.js';
import { usePlace, useReplace, type OpenRecord } from './place.js';

interface RowLinkProps {
  readonly citizenId: string;
  readonly record: OpenRecord;
  readonly text: string;
}

/** Names a row and opens it in the panel. Arrow keys go from row to row; an open panel follows them. */
export function RowLink({ citizenId, record, text }: RowLinkProps) {
  const place = usePlace(citizenId);
  const replace = useReplace();
  const moved = (event: KeyboardEvent<HTMLAnchorElement>) => {
    moveByArrows(event);
    const now = document.activeElement;
    if (place.open && now !== event.currentTarget && now instanceof HTMLAnchorElement && isRow(now))
      replace(now.pathname + now.search);
  };
  return (
    <Link
      className="cut"
      href={place.to({ open: record })}
      replace={place.open !== undefined}
      title={text}
      data-row={`${record.kind} ${record.id}`}
      onKeyDown={moved}
    >
      {text}
    </Link>
  );
}

const isRow = (link: HTMLElement) => link.dataset['row'] !== undefined;

/** @returns the link of a record's row; undefined when no row of it is in sight. */
export const rowOf = ({ kind, id }: OpenRecord): HTMLAnchorElement | undefined =>
  rowsOf(kind).find(({ dataset }) => dataset['row'] === `${kind} ${id}`);

/** @returns the links of the rows of one kind, in their order. */
export const rowsOf = (kind: OpenRecord['kind']): HTMLAnchorElement[] => [
  ...document.querySelectorAll<HTMLAnchorElement>(`a[data-row^="${kind} "]`),
];

interface SystemNameProps {
  readonly system: { readonly code: string; readonly name: string | null } | null;
}

/** A source system by the short name that everybody knows it by; its whole name is there when it is pointed at. */
export function SystemName({ system }: SystemNameProps) {
  const [code, name] = [system?.code ?? '–', system?.name ?? ''];
  return (
    <span className="cut" title={name}>
      {name !== '' && name.length <= code.length ? name : code}
    </span>
  );
}

/** A text on one line: what does not fit is whole when it is pointed at. */
export function Cut({ children }: { readonly children: string }) {
  return (
    <span className="cut" title={children}>
      {children}
    </span>
  );
}
