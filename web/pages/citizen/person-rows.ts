import type { CombinedError } from 'urql';
import type {
  CitizenAlertsQuery,
  CitizenBenefitsQuery,
  CitizenCasesQuery,
  CitizenDocumentsQuery,
} from '../../generated/operations.js';

/** One section of a person as it was asked for. */
export interface Part<Section> {
  readonly fetching: boolean;
  readonly error: CombinedError | undefined;
  /** Undefined until it is there; null when the part of the system that has it did not answer. */
  readonly section: Section | null | undefined;
  readonly retry: () => void;
}

/** A section that is one list, asked for page by page. */
export interface ListedPart<Section, Row> extends Part<Section> {
  /** The rows of all pages so far. */
  readonly rows: readonly Row[];
  readonly total: number | null | undefined;
  /** Asks for the next page; undefined at the end. */
  readonly more: (() => void) | undefined;
}

type Listed<Query, Name extends string> = Query extends { citizen: infer Citizen }
  ? NonNullable<NonNullable<Citizen>[Name & keyof NonNullable<Citizen>]>
  : never;
type CaseList = Listed<CitizenCasesQuery, 'cases'>;
type DocumentList = Listed<CitizenDocumentsQuery, 'documents'>;
type GrantList = Listed<CitizenBenefitsQuery, 'benefits'>;
type AlertList = Listed<CitizenAlertsQuery, 'alerts'>;

export type CaseRow = NonNullable<CaseList['cases']>['edges'][number]['node'];
export type RestrictedCase = NonNullable<CaseList['restricted']>[number];
export type DocumentRow = NonNullable<DocumentList['documents']>['edges'][number]['node'];
/** A benefit grant as the person’s page lists it. */
export type Grant = NonNullable<GrantList['grants']>['edges'][number]['node'];
/** One of its payments. */
export type GrantPayment = NonNullable<Grant['payments']>[number];
export type AlertRow = NonNullable<AlertList['alerts']>['edges'][number]['node'];

export type Cases = ListedPart<CaseList, CaseRow>;
export type Documents = ListedPart<DocumentList, DocumentRow>;
export type Benefits = ListedPart<GrantList, Grant>;
export type Alerts = ListedPart<AlertList, AlertRow>;
