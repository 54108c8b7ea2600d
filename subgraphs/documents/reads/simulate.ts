import { explainDocument } from '../../shared/policy/document-explanation.js';
import type { RecordSimulation } from '../../shared/simulation/reads.js';
import type { SectionSimulation } from '../../shared/simulation/section.js';
import type { DocumentSimulationSource, SimulatedDocument } from '../source/simulation-source.js';

/** How documents are simulated: the very explanation of the real path, over facts alone. */
export const simulatedDocuments = (
  source: DocumentSimulationSource,
): RecordSimulation<SimulatedDocument> => ({
  sample: (permit, limit) => source.sample(permit, limit),
  ofPersons: (permit, ids) => source.ofPersons(permit, ids),
  byId: (permit, id) => source.byId(permit, id),
  visible: (document, side) => side.documents.matches(document),
  decide: (document, { grants, agreements, requester }) =>
    explainDocument(document, grants, agreements, requester),
  factsOf: ({ access }) => access,
});

export const simulatedDocumentSection = (source: DocumentSimulationSource): SectionSimulation => ({
  permission: 'document-read',
  kind: 'documents',
  count: (permit, citizenId) => source.count(permit, citizenId),
});
