import type { QueryResolvers } from '../../../schema/generated/audit.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { readAuditLog } from '../reads/audit-log.js';
import { readAuditStatus } from '../reads/audit-status.js';

export const Query: RootResolvers<QueryResolvers> = {
  auditStatus: (_root, _args, context) => readAuditStatus(context),
  auditLog: (_root, { filter, ...page }, context) => readAuditLog(context, filter ?? {}, page),
};
