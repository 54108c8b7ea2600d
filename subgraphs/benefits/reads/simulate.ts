import { explainBenefit } from '../../shared/policy/benefit-explanation.js';
import type { RecordSimulation } from '../../shared/simulation/reads.js';
import type { SectionSimulation } from '../../shared/simulation/section.js';
import type { BenefitSimulationSource, SimulatedGrant } from '../source/simulation-source.js';

/** How benefit grants are simulated: the very explanation of the real path, over facts alone. */
export const simulatedGrants = (
  source: BenefitSimulationSource,
  today: string,
): RecordSimulation<SimulatedGrant> => ({
  sample: (permit, limit) => source.sample(permit, limit),
  ofPersons: (permit, ids) => source.ofPersons(permit, ids),
  byId: (permit, id) => source.byId(permit, id),
  visible: (grant, side) => side.benefits.matches(grant),
  decide: (grant, { grants, agreements, requester, purpose }) =>
    explainBenefit(grant, grants, agreements, requester, { purpose, today }),
  factsOf: ({ access, benefits }) => ({ kle: benefits[0]?.kle ?? null, sensitivity: access.sensitivity }),
});

export const simulatedBenefitSection = (source: BenefitSimulationSource): SectionSimulation => ({
  permission: 'benefit-read',
  kind: 'benefits',
  count: (permit, citizenId) => source.count(permit, citizenId),
});
