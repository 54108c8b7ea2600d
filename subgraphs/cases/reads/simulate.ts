import { explain } from '../../shared/policy/explain.js';
import { grantsOf } from '../../shared/policy/grants.js';
import type { RecordSimulation } from '../../shared/simulation/reads.js';
import type { SectionSimulation } from '../../shared/simulation/section.js';
import type { CaseSimulationSource, SimulatedCase } from '../source/simulation-source.js';

/** How cases are simulated: the very explanation of the real path, over facts alone. */
export const simulatedCases = (source: CaseSimulationSource): RecordSimulation<SimulatedCase> => ({
  sample: (permit, limit) => source.sample(permit, limit),
  ofPersons: (permit, ids) => source.ofPersons(permit, ids),
  byId: (permit, id) => source.byId(permit, id),
  visible: ({ access }, side) => side.cases.matches(access),
  decide: ({ access }, { grants, agreements, requester }) =>
    explain(
      access,
      grantsOf(grants, ['case-read']),
      agreements.filter((agreement) => agreement.kinds.includes('cases')),
      requester,
    ),
  factsOf: ({ access }) => access,
});

export const simulatedCaseSection = (source: CaseSimulationSource): SectionSimulation => ({
  permission: 'case-read',
  kind: 'cases',
  count: (permit, citizenId) => source.count(permit, citizenId),
});
