import { useState } from 'react';
import { CombinedError, type TypedDocumentNode } from 'urql';
import { usePages, type Connection } from '../../parts/pages-of.js';
import { useLookUp } from './look-up.js';
import type { ListedPart, Part } from './person-rows.js';

/** The answer about the first screen, or about one section, as far as it has come. */
export interface First<Data> {
  readonly data?: Data | undefined;
  readonly fetching: boolean;
  readonly error?: CombinedError | undefined;
}

/** A section of the first screen. */
export interface AskedPart<Data, Section, Variables> {
  /** Asks for this section alone, when it is asked for anew. */
  readonly query: TypedDocumentNode<Data, Variables>;
  /** Its name in the answer. */
  readonly name: string;
  readonly pick: (data: Data) => Section | null | undefined;
}

/** The answer about the first screen as its sections look at it. */
export interface Awaited<Data> extends First<Data> {
  /** It has been waited for so long that each section asks for itself: a part that hangs holds up its own section alone. */
  readonly isLate: boolean;
}

/** @returns a section from the answer about the first screen; from its own when that is late, or it has been asked for anew */
export function usePart<Data, Section>(
  { query, name, pick }: AskedPart<Data, Section, { id: string }>,
  id: string,
  first: Awaited<NoInfer<Data>>,
): Part<Section> {
  const [isAsked, setAsked] = useState(false);
  const isOwn = isAsked || (first.isLate && !first.data);
  const [own, again] = useLookUp(query, { id }, !isOwn);
  const answer = isOwn ? own : first;
  return {
    fetching: answer.fetching,
    error: errorOf(answer, name),
    section: answer.data && pick(answer.data),
    retry: () => (isOwn ? again({ requestPolicy: 'network-only' }) : setAsked(true)),
  };
}

interface PageVariables {
  id: string;
  first?: number | null;
  after?: string | null;
}

/** A section that is a list. */
export interface AskedList<Data, Section, Row> extends AskedPart<Data, Section, PageVariables> {
  readonly listOf: (section: Section) => Connection<Row> | null;
}

/** @returns a section that is a list: its first page with the first screen, each further page asked for by itself */
export function useList<Data, Section, Row>(
  { query, name, pick, listOf }: AskedList<Data, Section, Row>,
  variables: { readonly id: string; readonly first: number },
  first: Awaited<NoInfer<Data>>,
): ListedPart<Section, Row> {
  const pages = usePages<Row>();
  const [isAsked, setAsked] = useState(false);
  const isOwn = isAsked || pages.after !== null || (first.isLate && !first.data);
  const [own, again] = useLookUp(query, { ...variables, after: pages.after }, !isOwn);
  const answer = isOwn ? own : first;
  // While the next page is under way, the one before stays.
  const data = answer.data ?? first.data;
  const section = data && pick(data);
  const list = section && listOf(section);
  return {
    fetching: answer.fetching,
    error: errorOf(answer, name),
    section,
    retry: () => (isOwn ? again({ requestPolicy: 'network-only' }) : setAsked(true)),
    total: list?.totalCount,
    ...pages.rows(list),
  };
}

/**
 * @param name of the section; undefined for the person
 * @returns what went wrong with it: errors of other sections of the same answer are theirs
 */
export function errorOf<Data>({ error }: First<Data>, name: string | undefined): CombinedError | undefined {
  if (!error || error.networkError) return error;
  const graphQLErrors = error.graphQLErrors.filter(({ path }) => path?.[1] === undefined || path[1] === name);
  return graphQLErrors.length === 0 ? undefined : new CombinedError({ graphQLErrors });
}
