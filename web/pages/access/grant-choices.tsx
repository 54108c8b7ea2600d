import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { MappingChoices } from '../../generated/operations.js';
import type { GrantChoices } from './grant-fields.js';

const ChoicesContext = createContext<GrantChoices>({ roles: [], units: [] });

/** The system roles and the authority's units, asked for once for every page on access. */
export function GrantChoicesProvider({ children }: { readonly children: ReactNode }) {
  const [{ data }] = useQuery({ query: MappingChoices });
  const choices = useMemo(
    () => ({
      roles: data?.systemRoles ?? [],
      units: (data?.organisationUnits ?? []).map(({ id, name }) => [id, name ?? id] as const),
    }),
    [data],
  );
  return <ChoicesContext value={choices}>{children}</ChoicesContext>;
}

/** @returns what a grant is made of; nothing until it has been fetched. */
export const useGrantChoices = (): GrantChoices => useContext(ChoicesContext);

/** @returns what a unit is called; the id of one that is not known. */
export function useUnitName(): (id: string) => string {
  const { units } = useGrantChoices();
  return (id) => units.find(([known]) => known === id)?.[1] ?? id;
}
