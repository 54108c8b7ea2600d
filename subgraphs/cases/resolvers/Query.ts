import type { QueryResolvers } from '../../../schema/generated/cases.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { searchCases } from '../reads/case-lists.js';
import { notesUnderWay } from '../reads/handed-notes.js';
import { openCase } from '../reads/open-case.js';

export const Query: RootResolvers<QueryResolvers> = {
  case: (_root, { id }, context) => openCase(context, id),
  searchCases: (_root, { caseNumber, ...page }, context) => searchCases(context, caseNumber, page),
  noteHeadings: (_root, _args, { guard, claims }) =>
    guard.holds('note-write') ? [...claims.caller.noteHeadings] : null,
  notesUnderWay: (_root, _args, context) => notesUnderWay(context),
};
