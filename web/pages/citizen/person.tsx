import { CaseOpened, PersonOpened, type PersonOpenedQuery } from '../../generated/operations.js';
import { useLate } from './late.js';
import { useLookUp } from './look-up.js';
import type { OpenedCaseLook } from './opened-case.js';
import { useIdentity } from './person-identity.js';
import { useList, usePart, type Awaited } from './person-part.js';
import {
  ADDRESS,
  ALERTS,
  BENEFITS,
  CASES,
  DOCUMENTS,
  FAMILY,
  HOUSEHOLD,
  REMARKS,
} from './person-sections.js';

/** Rows of a further page; the first page is as long (PersonOpened). */
const PAGE = 50;
/** A grant comes with its payments; a page of them is smaller. */
const GRANTS = 20;
/** Each section asks for itself when the first screen takes longer, in milliseconds. */
const SECTIONS_AFTER_MS = 1500;

/** Asks for all of a person's first screen in one look-up. @returns who it is, and each section */
export function usePerson(id: string) {
  const [answer, again] = useLookUp(PersonOpened, { id });
  const isLate = useLate(answer.fetching && !answer.data, SECTIONS_AFTER_MS);
  return {
    identity: useIdentity(id, answer, () => again({ requestPolicy: 'network-only' })),
    sections: useSections(id, { ...answer, isLate }),
  };
}

function useSections(id: string, first: Awaited<PersonOpenedQuery>) {
  return {
    remarks: usePart(REMARKS, id, first),
    address: usePart(ADDRESS, id, first),
    cases: useList(CASES, { id, first: PAGE }, first),
    documents: useList(DOCUMENTS, { id, first: PAGE }, first),
    benefits: useList(BENEFITS, { id, first: GRANTS }, first),
    alerts: useList(ALERTS, { id, first: PAGE }, first),
    family: usePart(FAMILY, id, first),
    household: usePart(HOUSEHOLD, id, first),
  };
}

/** The sections of a person. */
export type Person = ReturnType<typeof useSections>;

/**
 * Asks for the case that is open, in the same look-up and at once: nobody waits for the rest of the page.
 * @param id undefined while none is open
 */
export function useOpenedCase(id: string | undefined): OpenedCaseLook {
  const [{ data, fetching, error }, again] = useLookUp(CaseOpened, { id: id ?? '' }, id === undefined);
  return { found: data?.case, fetching, error, retry: () => again({ requestPolicy: 'network-only' }) };
}
