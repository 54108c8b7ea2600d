import type { Party } from '../../shared/ingest/parties.js';
import type { AccessFacts, CaseFacts } from '../../shared/policy/facts.js';

/** Whom an alert is for: a unit, by id, or a user, by the id at the identity provider. */
export interface AlertReceiver {
  readonly kind: 'UNIT' | 'USER';
  readonly id: string;
}

/** An alert as stored. `access.unit` is the unit it is meant for, `access.ownerCvr` the authority. */
export interface AlertRecord {
  readonly _id: string;
  readonly registeredAt: Date;
  readonly rev: number;
  readonly eventType:
    'CASE_ARISEN' | 'CASE_CLOSED' | 'GRANT_ACTIVE' | 'GRANT_PASSIVE' | 'REGISTER_EVENT' | 'GENERAL';
  readonly eventCode: string | null;
  readonly title: string;
  readonly state: 'NEW' | 'IN_PROGRESS' | 'COMPLETED';
  readonly receivedAt: Date;
  /** The alert group that made it; null for one a source system delivered. */
  readonly groupId: string | null;
  /** A unit or user it is for; null for the unit among its access facts. */
  readonly receiver: AlertReceiver | null;
  /** Id of the user who has taken it. */
  readonly assignee: string | null;
  readonly completedAt: Date | null;
  /** Day from which the clean-up takes it away; null for never. */
  readonly deleteAfter: string | null;
  readonly parties: readonly Party[];
  readonly partyIds: readonly string[];
  readonly caseId: string | null;
  readonly hasCase: boolean;
  readonly access: AccessFacts;
  readonly caseFacts: CaseFacts | null;
}
