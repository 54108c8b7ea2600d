import type { CaseRegistrationResolvers, CaseResolvers } from '../../../schema/generated/cases.js';
import { SENSITIVITY_NAMES } from '../../shared/policy/sensitivity.js';
import { caseFields } from '../../shared/records/case-records.js';
import { answersOf } from '../../shared/records/stored-fields.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers, ReferenceResolver } from '../../shared/runtime/resolver-types.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { CaseModel } from '../models.js';
import { handedNotes, takesNotes } from '../reads/handed-notes.js';
import { registeredAsOf } from '../reads/open-case.js';
import { whyShown } from '../reads/why.js';

const resolveReference: ReferenceResolver<Context, CaseModel> = ({ id }, context) =>
  context.referred.load(requireUuid('id', id));

export const Case: AllResolvers<CaseResolvers> & { __resolveReference: typeof resolveReference } = {
  __resolveReference: resolveReference,
  ...answersOf(caseFields, { but: ['alternativeTitle', 'controlThemes'] }),
  id: ({ _id }) => _id,
  title: ({ title, alternativeTitle }) => alternativeTitle ?? title,
  kle: ({ access }, _args, context) => context.references.kle(access.kle),
  state: ({ state }) => state,
  sensitivity: ({ access }) => access.sensitivity && SENSITIVITY_NAMES[access.sensitivity],
  owner: ({ access }, _args, context) => context.references.authority(access.ownerCvr),
  responsibleUnit: ({ access }, _args, context) => context.references.unit(access.unit),
  parties: ({ parties }) => parties.map(({ role, key, id }) => presentParty(role, key, id)),
  registeredAsOf: (record, { at }, context) => registeredAsOf(context, record, at),
  whyShown: (record, _args, context) => whyShown(context, record),
  openedOn: ({ openedOn }) => openedOn,
  closedOn: ({ closedOn }) => closedOn,
  sourceSystem: ({ access }, _args, context) => sourceSystem(context, access.source),
  takesNotes: (record, _args, context) => takesNotes(context, record),
  handedNotes: (record, _args, context) => handedNotes(context, record),
  notes: async (record, _args, context) => {
    const notes = await context.notes.load(record);
    return (
      notes?.map((note) => ({
        id: note._id,
        title: note.title,
        text: note.text,
        writtenOn: note.writtenOn,
        sourceSystem: sourceSystem(context, note.source),
      })) ?? null
    );
  },
};

export const CaseRegistration: AllResolvers<CaseRegistrationResolvers> = {
  registeredAt: ({ registeredAt }) => registeredAt,
  title: ({ title, alternativeTitle }) => alternativeTitle ?? title,
  state: ({ state }) => state,
  subStatus: ({ subStatus }) => subStatus,
  primaryHandler: ({ primaryHandler }) => primaryHandler,
  responsibleUnit: ({ access }, _args, context) => context.references.unit(access.unit),
  kle: ({ access }, _args, context) => context.references.kle(access.kle),
};

const CVR_LENGTH = 8;

function presentParty(role: CaseModel['parties'][number]['role'], key: string, id: string | null) {
  const known = id === null ? null : { id };
  return key.length === CVR_LENGTH
    ? { role, citizen: null, company: known }
    : { role, citizen: known, company: null };
}
