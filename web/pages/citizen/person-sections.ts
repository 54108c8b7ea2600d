import {
  CitizenAddress,
  CitizenAlerts,
  CitizenBenefits,
  CitizenCases,
  CitizenDocuments,
  CitizenFamily,
  CitizenHousehold,
  CitizenRemarks,
} from '../../generated/operations.js';
import type { AskedList, AskedPart } from './person-part.js';

/** Where each section of a person stands in the answer about the first screen, and what asks for it alone. */
const aPart = <Data, Section>(asked: AskedPart<Data, Section, { id: string }>) => asked;
const aList = <Data, Section, Row>(asked: AskedList<Data, Section, Row>) => asked;

export const REMARKS = aPart({
  query: CitizenRemarks,
  name: 'remarks',
  pick: (data) => data.citizen?.remarks,
});

export const ADDRESS = aPart({
  query: CitizenAddress,
  name: 'address',
  pick: (data) => data.citizen?.address,
});

export const FAMILY = aPart({
  query: CitizenFamily,
  name: 'family',
  pick: (data) => data.citizen?.family,
});

export const HOUSEHOLD = aPart({
  query: CitizenHousehold,
  name: 'household',
  pick: (data) => data.citizen?.household,
});

export const CASES = aList({
  query: CitizenCases,
  name: 'cases',
  pick: (data) => data.citizen?.cases,
  listOf: (section) => section.cases,
});

export const DOCUMENTS = aList({
  query: CitizenDocuments,
  name: 'documents',
  pick: (data) => data.citizen?.documents,
  listOf: (section) => section.documents,
});

export const BENEFITS = aList({
  query: CitizenBenefits,
  name: 'benefits',
  pick: (data) => data.citizen?.benefits,
  listOf: (section) => section.grants,
});

export const ALERTS = aList({
  query: CitizenAlerts,
  name: 'alerts',
  pick: (data) => data.citizen?.alerts,
  listOf: (section) => section.alerts,
});
