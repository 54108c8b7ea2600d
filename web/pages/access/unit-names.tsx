import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { MappingChoices } from '../../generated/operations.js';

const NamesContext = createContext<ReadonlyMap<string, string>>(new Map());

/** Names of the authority's units, for whatever tells of units by id. */
export function UnitNames({ children }: { readonly children: ReactNode }) {
  const [{ data }] = useQuery({ query: MappingChoices });
  const units = data?.organisationUnits;
  const names = useMemo(
    () => new Map((units ?? []).flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const]))),
    [units],
  );
  return <NamesContext value={names}>{children}</NamesContext>;
}

/** @returns what a unit is called; the id of one that is not known. */
export function useUnitName(): (id: string) => string {
  const names = useContext(NamesContext);
  return (id) => names.get(id) ?? id;
}
