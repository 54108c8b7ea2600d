import type {
  CaseResolvers,
  CitizenResolvers,
  CompanyResolvers,
  DocumentConnectionResolvers,
  DocumentSectionResolvers,
} from '../../../schema/generated/documents.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { documentSection, readCaseDocuments, readDocuments } from '../reads/document-lists.js';

type Extends<R> = AllResolvers<R> & { __resolveReference: typeof entityKey };

export const Citizen: Extends<CitizenResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  documents: ({ id }, _args, context) => documentSection(context, id),
};

export const Company: Extends<CompanyResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  documents: ({ id }, _args, context) => documentSection(context, id),
};

export const Case: Extends<CaseResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  documents: ({ id }, args, context) => readCaseDocuments(context, id, args),
};

export const DocumentSection: AllResolvers<DocumentSectionResolvers> = {
  outcome: ({ outcome }) => outcome,
  sources: ({ sources }) => sources,
  reason: ({ reason }) => reason,
  documents: (section, args, context) => readDocuments(context, section, args),
};

export const DocumentConnection: AllResolvers<DocumentConnectionResolvers> = {
  edges: ({ edges }) => edges,
  pageInfo: ({ pageInfo }) => pageInfo,
  totalCount: ({ count }) => count(),
};
