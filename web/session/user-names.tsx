import { useQuery } from 'urql';
import { Colleagues } from '../generated/operations.js';

const MOST = 100;

/**
 * @param ids of users at the identity provider, as records tell of them; what is null is left out
 * @returns what a user is called; the id of one who has no name, or of one too many to ask for
 */
export function useUserNames(
  ids: readonly (string | null | undefined)[],
): (id: string | null | undefined) => string {
  const asked = [...new Set(ids.flatMap((id) => id ?? []))].sort().slice(0, MOST);
  const [{ data }] = useQuery({ query: Colleagues, variables: { ids: asked }, pause: asked.length === 0 });
  const names = new Map(data?.colleagues?.map(({ id, name }) => [id, name]));
  return (id) => (id == null ? '–' : (names.get(id) ?? id));
}
