import type {
  DocumentRegistrationResolvers,
  DocumentResolvers,
} from '../../../schema/generated/documents.js';
import { SENSITIVITY_NAMES } from '../../shared/policy/sensitivity.js';
import { documentFields } from '../../shared/records/document-records.js';
import { answersOf } from '../../shared/records/stored-fields.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers, ReferenceResolver } from '../../shared/runtime/resolver-types.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { DocumentModel } from '../models.js';
import { registeredAsOf, visibleCases } from '../reads/open-document.js';
import { whyShown } from '../reads/why.js';

const resolveReference: ReferenceResolver<Context, DocumentModel> = ({ id }, context) =>
  context.referred.load(requireUuid('id', id));

export const Document: AllResolvers<DocumentResolvers> & { __resolveReference: typeof resolveReference } = {
  __resolveReference: resolveReference,
  ...answersOf(documentFields, { but: ['documentType', 'caseIds'] }),
  id: ({ _id }) => _id,
  type: ({ type }) => type,
  sensitivity: ({ access }) => access.sensitivity && SENSITIVITY_NAMES[access.sensitivity],
  kle: ({ access }, _args, context) => context.references.kle(access.kle),
  cases: (record, _args, context) => visibleCases(context, record),
  registeredAsOf: (record, { at }, context) => registeredAsOf(context, record, at),
  whyShown: (record, _args, context) => whyShown(context, record),
  sourceSystem: ({ access }, _args, context) => sourceSystem(context, access.source),
};

export const DocumentRegistration: AllResolvers<DocumentRegistrationResolvers> = {
  registeredAt: ({ registeredAt }) => registeredAt,
  title: ({ title }) => title,
  type: ({ type }) => type,
  state: ({ state }) => state,
  letterDate: ({ letterDate }) => letterDate,
  kle: ({ access }, _args, context) => context.references.kle(access.kle),
};
