import type { TypedDocumentNode } from 'urql';
import {
  CaseOpened,
  CitizenAddress,
  CitizenAlerts,
  CitizenBenefits,
  CitizenCases,
  CitizenDocuments,
  CitizenFamily,
  CitizenHousehold,
  CitizenRemarks,
} from '../../generated/operations.js';
import { usePages, type Connection } from '../../parts/pages-of.js';
import { useLookUp } from './look-up.js';
import type { OpenedCaseLook } from './opened-case.js';
import type { ListedPart, Part } from './person-rows.js';

const PAGE = 50;
/** A grant comes with its payments; a page of them is smaller. */
const GRANTS = 20;

/** Asks for every section of a person at once, as one look-up. @returns each as it comes */
export function usePerson(id: string) {
  return {
    remarks: usePart(CitizenRemarks, id, (data) => data.citizen?.remarks),
    address: usePart(CitizenAddress, id, (data) => data.citizen?.address),
    cases: useList(
      CitizenCases,
      { id, first: PAGE },
      (data) => data.citizen?.cases,
      (section) => section.cases,
    ),
    documents: useList(
      CitizenDocuments,
      { id, first: PAGE },
      (data) => data.citizen?.documents,
      (section) => section.documents,
    ),
    benefits: useList(
      CitizenBenefits,
      { id, first: GRANTS },
      (data) => data.citizen?.benefits,
      (section) => section.grants,
    ),
    alerts: useList(
      CitizenAlerts,
      { id, first: PAGE },
      (data) => data.citizen?.alerts,
      (section) => section.alerts,
    ),
    family: usePart(CitizenFamily, id, (data) => data.citizen?.family),
    household: usePart(CitizenHousehold, id, (data) => data.citizen?.household),
  };
}

export type Person = ReturnType<typeof usePerson>;

/**
 * Asks for the case that is open, in the same look-up and at once: nobody waits for the rest of the page.
 * @param id undefined while none is open
 */
export function useOpenedCase(id: string | undefined): OpenedCaseLook {
  const [{ data, fetching, error }, again] = useLookUp(CaseOpened, { id: id ?? '' }, id === undefined);
  return { found: data?.case, fetching, error, retry: () => again({ requestPolicy: 'network-only' }) };
}

function usePart<Data, Section>(
  query: TypedDocumentNode<Data, { id: string }>,
  id: string,
  pick: (data: Data) => Section | null | undefined,
): Part<Section> {
  const [{ data, fetching, error }, again] = useLookUp(query, { id });
  return {
    fetching,
    error,
    section: data && pick(data),
    retry: () => again({ requestPolicy: 'network-only' }),
  };
}

interface PageVariables {
  id: string;
  first?: number | null;
  after?: string | null;
}

function useList<Data, Section, Row>(
  query: TypedDocumentNode<Data, PageVariables>,
  variables: { readonly id: string; readonly first: number },
  pick: (data: Data) => Section | null | undefined,
  listOf: (section: Section) => Connection<Row> | null,
): ListedPart<Section, Row> {
  const pages = usePages<Row>();
  const [{ data, fetching, error }, again] = useLookUp(query, { ...variables, after: pages.after });
  const section = data && pick(data);
  const list = section && listOf(section);
  return {
    fetching,
    error,
    section,
    retry: () => again({ requestPolicy: 'network-only' }),
    total: list?.totalCount,
    ...pages.rows(list),
  };
}
