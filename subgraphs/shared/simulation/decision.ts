import type { Decision } from '../policy/explain.js';
import type { Grant } from '../policy/grants.js';
import { SENSITIVITY_NAMES, type SensitivityName } from '../policy/sensitivity.js';

/** A decision as an administrator sees it: rule, grant and the name of the fact, never the fact. */
export interface SimulatedDecision {
  readonly permitted: boolean;
  readonly code: string;
  readonly shortName: string;
  readonly overridable: boolean;
  readonly fact: string;
  readonly role: string | null;
  readonly jobFunctionRole: string | null;
  readonly grantKle: readonly string[] | null;
  readonly grantSensitivity: SensitivityName | null;
  readonly grantUnits: readonly string[] | null;
  readonly agreementSource: string | null;
}

/** @returns the decision in full for an administrator. */
export function presentDecision(decision: Decision): SimulatedDecision {
  const { grant, agreement } = decision;
  const explained = { ...grantWords(grant), agreementSource: agreement?.source ?? null };
  if (decision.permit) {
    const [code, shortName] = decision.lifted
      ? ['BREAK_GLASS', 'lifted by break-glass']
      : ['PERMITTED', 'permitted'];
    return { permitted: true, code, shortName, overridable: false, fact: 'all', ...explained };
  }
  const { code, shortName, overridable, fact } = decision.rule;
  return { permitted: false, code, shortName, overridable, fact, ...explained };
}

function grantWords(grant: Grant | undefined) {
  return {
    role: grant?.role ?? null,
    jobFunctionRole: grant?.from ?? null,
    grantKle: grant?.kle ?? null,
    grantSensitivity: grant?.sensitivity ? SENSITIVITY_NAMES[grant.sensitivity] : null,
    grantUnits: grant?.units ?? null,
  };
}
