import type { AccessFacts, CaseFacts } from '../../shared/policy/facts.js';

/** An alert as stored. `access.unit` is the unit it is meant for, `access.ownerCvr` the authority. */
export interface AlertRecord {
  readonly _id: string;
  readonly registeredAt: Date;
  readonly eventType:
    'CASE_ARISEN' | 'CASE_CLOSED' | 'GRANT_ACTIVE' | 'GRANT_PASSIVE' | 'REGISTER_EVENT' | 'GENERAL';
  readonly eventCode: string | null;
  readonly title: string;
  readonly state: 'NEW' | 'IN_PROGRESS' | 'COMPLETED';
  readonly receivedAt: Date;
  readonly partyIds: readonly string[];
  readonly caseId: string | null;
  readonly hasCase: boolean;
  readonly access: AccessFacts;
  readonly caseFacts: CaseFacts | null;
}
