import { type AuditEvent, type AuditFact, SYSTEM_CVR } from '../../subgraphs/shared/audit/entry.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import { RefusalSums } from './refusal-sums.js';

/** A sign-in, sign-out or jump, as far as it is known. */
export interface SignInEvent {
  readonly event: Extract<
    AuditEvent,
    'signed-in' | 'signed-out' | 'sessions-ended' | 'jumped-in' | 'jumped-out'
  >;
  readonly requestId: string;
  /** Why it was refused: the true reason, for the log alone. */
  readonly refused?: string;
  readonly cvr: string | null;
  readonly user?: string;
  readonly unit?: string | null;
  readonly citizenId?: string | null;
  readonly purpose?: string | null;
  readonly objects?: readonly string[];
  readonly criteria?: AuditFact['criteria'];
}

/**
 * Records sign-ins, sign-outs and jumps; like every record it is durable before the answer goes out. Refusals that nobody signed in stands
 * behind are summed once they repeat.
 */
export class SignInLog {
  readonly #strangers: RefusalSums;

  constructor(
    readonly audit: Pick<AuditWriter, 'append'>,
    readonly now: () => Date,
  ) {
    this.#strangers = new RefusalSums(audit, now);
  }

  /** Records the sums that are not recorded yet. */
  close(): Promise<void> {
    return this.#strangers.close();
  }

  async note({
    event,
    requestId,
    refused,
    cvr,
    user,
    unit,
    citizenId,
    purpose,
    objects,
    criteria,
  }: SignInEvent): Promise<void> {
    const fact: AuditFact = {
      at: this.now(),
      cvr: cvr ?? SYSTEM_CVR,
      user: user ?? '',
      unit: unit ?? null,
      event,
      decision: refused === undefined ? 'PERMIT' : 'REFUSE',
      permission: 'door',
      ruleCode: refused ?? null,
      operation: null,
      purpose: purpose ?? null,
      lookupId: null,
      requestId,
      citizenId: citizenId ?? null,
      objects: objects ?? [],
      kle: [],
      rights: [],
      criteria: criteria ?? [],
      alarms: [],
    };
    const isStranger = refused !== undefined && user === undefined;
    await (isStranger ? this.#strangers.note(fact) : this.audit.append([fact]));
  }
}
