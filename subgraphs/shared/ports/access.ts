import type { IngestOutcome } from '../in-step/registered.js';
import type { CommonPort } from './common.js';
import type { SessionsPort } from './sessions.js';
import type { DeliveredUser, KeptReject, KinFacts, RejectInput, SystemInput, UserInput } from './shapes.js';

export interface AccessPort extends CommonPort, SessionsPort {
  users(records: readonly UserInput[]): Promise<void>;
  /** Takes users a source system delivers. @returns what became of each */
  deliveredUsers(records: readonly DeliveredUser[]): Promise<IngestOutcome[]>;
  /** Registers IT systems with their public keys; one known already is replaced. */
  systems(records: readonly SystemInput[]): Promise<void>;
  /** @returns those of the persons who are users of an authority. */
  personsAmongUsers(ids: readonly string[]): Promise<string[]>;
  /** Takes the kin of users, for the rule on kin. */
  kin(facts: readonly KinFacts[]): Promise<void>;
  /** @returns those of the KLE numbers that the classification has. */
  topics(numbers: readonly string[]): Promise<string[]>;
  /** Notes a delivery's own number. @returns how many of the source's numbered deliveries have not arrived */
  numbered(source: string, sequence: number): Promise<number>;
  /** Keeps rejected records, and lets go of those whose record has been taken since. */
  rejects(
    source: string,
    rejected: readonly RejectInput[],
    taken: readonly string[],
    at: Date,
  ): Promise<void>;
  /** @returns rejects of a source, oldest first. @param after id of the last one had */
  rejectsOf(source: string, after: string | null, limit: number): Promise<KeptReject[]>;
  rejectOf(source: string, id: string): Promise<KeptReject | null>;
  /** Lets go of rejects kept before a time. @returns how many */
  forgetRejects(before: Date): Promise<number>;
  /** @returns the reject that was let go of, if there was one. */
  settleReject(source: string, id: string): Promise<string[]>;
}
