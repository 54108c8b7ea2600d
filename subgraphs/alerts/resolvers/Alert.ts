import type { AlertResolvers } from '../../../schema/generated/alerts.js';
import { alertFields } from '../../shared/records/alert-records.js';
import { answersOf } from '../../shared/records/stored-fields.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers, ReferenceResolver } from '../../shared/runtime/resolver-types.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { AlertModel } from '../models.js';
import { alertCase } from '../reads/alert-lists.js';

const resolveReference: ReferenceResolver<Context, AlertModel> = ({ id }, context) =>
  context.referred.load(requireUuid('id', id));

export const Alert: AllResolvers<AlertResolvers> & { __resolveReference: typeof resolveReference } = {
  __resolveReference: resolveReference,
  ...answersOf(alertFields, { but: ['caseId'] }),
  id: ({ _id }) => _id,
  kle: ({ access }, _args, context) => context.references.kle(access.kle),
  receivingUnit: ({ access }, _args, context) => context.references.unit(access.unit),
  case: (record, _args, context) => alertCase(context, record),
  citizen: ({ partyIds: [id] }) => (id === undefined ? null : { id }),
  groupName: ({ groupName }) => groupName,
  assignee: ({ assignee }) => assignee,
  completedAt: ({ completedAt }) => completedAt,
  sourceSystem: ({ access }, _args, context) => sourceSystem(context, access.source),
};
