import type { IdentityClaims } from '../identity/caller.js';
import type { Hypothesis, Rights } from '../identity/hypothesis.js';
import { type AlertAccess, compileAlertAccess } from '../policy/alert-access.js';
import { type BenefitAccess, compileBenefitAccess } from '../policy/benefit-access.js';
import { type CitizenReach, compileCitizenReach } from '../policy/citizen-reach.js';
import { compileDocumentAccess, type DocumentAccess } from '../policy/document-access.js';
import type { Requester } from '../policy/facts.js';
import { grantsOf } from '../policy/grants.js';
import { compileRecordAccess, type RecordAccess } from '../policy/record-access.js';

/** Rights as they are asked about on a day. */
export interface DatedRights extends Rights {
  readonly requester: Requester;
}

/** One side of a simulation, compiled by the very code of the real path. */
export interface SimulatedSide {
  readonly rights: DatedRights;
  readonly cases: RecordAccess;
  readonly documents: DocumentAccess;
  readonly benefits: BenefitAccess;
  readonly alerts: AlertAccess;
  readonly reach: CitizenReach;
}

/** What a simulated identity may look at: records of the actor's own authority, and of them counts, ids and rule codes. */
export interface Simulated {
  readonly ownCvr: string;
  readonly today: string;
  readonly hypothesis: Hypothesis;
  readonly before: SimulatedSide;
  readonly after: SimulatedSide;
}

/** Compiles both sides of a simulation. @throws when the identity carries none */
export function simulated({ caller, hypothesis }: IdentityClaims, today: string): Simulated {
  if (hypothesis === null) throw new TypeError('a simulated identity carries a hypothesis');
  return {
    ownCvr: caller.cvr,
    today,
    hypothesis,
    before: sideOf(hypothesis.before, today),
    after: sideOf(hypothesis.after, today),
  };
}

function sideOf(rights: Rights, today: string): SimulatedSide {
  const { grants, agreements, purpose } = rights;
  const requester = { ...rights.requester, today };
  return {
    rights: { ...rights, requester },
    cases: compileRecordAccess(grantsOf(grants, ['case-read']), agreements, 'cases', requester),
    documents: compileDocumentAccess(grants, agreements, requester),
    benefits: compileBenefitAccess(grants, agreements, requester, { purpose, today }),
    alerts: compileAlertAccess(grants, agreements, requester),
    reach: compileCitizenReach(grants, agreements, requester, 'citizen-read', true),
  };
}
