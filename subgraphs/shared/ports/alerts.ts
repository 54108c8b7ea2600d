import type { IncomingEvent, ListeningCaller } from '../records/events.js';
import type { ResolvedParties } from '../records/parties.js';
import type { FeedRecordOf } from '../records/records.js';
import type { CopyingPort } from './common.js';
import type { EarlyMessage, TakenBatch, TakenEvent } from './shapes.js';

export interface AlertsPort extends CopyingPort {
  alerts(records: readonly FeedRecordOf<'alert'>[], parties: ResolvedParties): Promise<TakenBatch>;
  /** Makes alerts of a message; `handled` follows when they have been handed over. */
  event(event: IncomingEvent): Promise<TakenEvent>;
  handled(cvr: string, messageId: string, at: Date): Promise<void>;
  /** @returns whether a message has been handled for any authority. */
  isHandled(messageId: string): Promise<boolean>;
  /** Keeps a message until whom it is about has arrived. */
  keepEarly(message: EarlyMessage): Promise<void>;
  /** @returns kept messages by id. @param after id of the last one had */
  early(after: string | null, limit: number): Promise<EarlyMessage[]>;
  settleEarly(id: string): Promise<void>;
  /** @returns how many alerts were cleaned up */
  cleanUp(now: Date): Promise<number>;
  /** @returns to whose inbox something has happened since */
  concerned(since: Date, callers: readonly ListeningCaller[], today: string): Promise<string[]>;
}
