import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { AccessFacts, CaseFacts } from '../../shared/policy/facts.js';
import type { alertFields } from '../../shared/records/alert-records.js';
import type { Party } from '../../shared/records/parties.js';
import type { StoredFields } from '../../shared/records/stored-fields.js';

/** Whom an alert is for: a unit, by id, or a user, by the id at the identity provider. */
export interface AlertReceiver {
  readonly kind: 'UNIT' | 'USER';
  readonly id: string;
}

/** An alert as stored. `access.unit` is the unit it is meant for, `access.ownerCvr` the authority. */
export interface AlertRecord extends RegistrationTime, StoredFields<typeof alertFields> {
  readonly _id: string;
  readonly rev: number;
  /** The alert group that made it; null for one a source system delivered. */
  readonly groupId: string | null;
  /** A unit or user it is for; null for the unit among its access facts. */
  readonly receiver: AlertReceiver | null;
  /** Id of the user who has taken it. */
  readonly assignee: string | null;
  readonly completedAt: Date | null;
  /** When anything of it changed last; what listening inboxes ask after. */
  readonly changedAt: Date;
  readonly groupName: string | null;
  /** Day from which the clean-up takes it away; null for never. */
  readonly deleteAfter: string | null;
  readonly parties: readonly Party[];
  readonly partyIds: readonly string[];
  readonly hasCase: boolean;
  readonly access: AccessFacts;
  readonly caseFacts: CaseFacts | null;
}

export type AlertRelation = 'PERSON' | 'SPOUSE' | 'SECONDARY_PARTY' | 'SAME_ADDRESS';

/** A rule that makes alerts of messages, made by one authority's alert administrators. */
export interface AlertGroupRecord {
  readonly _id: string;
  readonly cvr: string;
  readonly revision: number;
  readonly name: string;
  readonly eventTypes: readonly AlertRecord['eventType'][];
  readonly eventCodes: readonly string[];
  readonly kle: readonly string[];
  /** KLE number of alerts whose event has none. */
  readonly topic: string;
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
  readonly relations: readonly AlertRelation[];
  readonly receivers: readonly AlertReceiver[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly cleanUpDays: number | null;
  readonly changedBy: string;
}

/** Raised by every change of an authority's groups, after it: what compiled groups are compared with. */
export interface GroupVersionRecord {
  /** The authority's CVR number. */
  readonly _id: string;
  readonly version: number;
}

/** A message that has been handled: never again. */
export interface MessageRecord {
  /** `<CVR>|<message id>` */
  readonly _id: string;
  readonly messageId: string;
  readonly at: Date;
}

/** A message that came before whom or what it is about; taken up when they arrive. */
export interface EarlyMessageRecord {
  /** `<IT-system UUID>|<message id>` */
  readonly _id: string;
  readonly systemId: string;
  /** Numbers of persons that were not known. */
  readonly keys: readonly string[];
  /** The case it is about, if any. */
  readonly caseId: string | null;
  /** The envelope as it was read. */
  readonly text: string;
  readonly at: Date;
}

/** A caseworker's own reminder. */
export interface ReminderRecord {
  readonly _id: string;
  readonly cvr: string;
  readonly subject: string;
  readonly title: string;
  readonly dueOn: string;
  readonly alertId: string | null;
  readonly citizenId: string | null;
  readonly done: boolean;
}

/** A search of the inbox that is kept under a name. */
export interface SavedSearchRecord {
  readonly _id: string;
  readonly cvr: string;
  readonly subject: string;
  readonly name: string;
  readonly shared: boolean;
  readonly states: readonly AlertRecord['state'][];
  readonly eventTypes: readonly AlertRecord['eventType'][];
  readonly groupId: string | null;
  readonly kle: string | null;
}
