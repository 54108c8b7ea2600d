import type {
  JumpTarget,
  ProviderSession,
  SessionEnd,
  SignedIn,
  SignInRequest,
} from '../../shared/ports/sessions.js';

/** A session and what has become of it. */
export interface SessionRecord {
  readonly _id: string;
  readonly cvr: string;
  readonly subject: string;
  readonly who: SignedIn;
  readonly from: ProviderSession;
  /** Hash of what the browser holds that the session belongs to. */
  readonly browser: string;
  readonly refresh: string;
  readonly previousRefresh: string | null;
  readonly rotatedAt: Date;
  readonly startedAt: Date;
  readonly usedAt: Date;
  readonly ended: { readonly at: Date; readonly why: SessionEnd } | null;
  readonly reach: readonly string[];
}

export interface SignInRequestRecord extends Omit<SignInRequest, 'id'> {
  readonly _id: string;
  readonly taken: boolean;
  /** The session it began; null when it has begun none. */
  readonly session: string | null;
}

/** A ticket, and after its first use the jump that waits for its user. */
export interface JumpRecord extends JumpTarget {
  /** Hash of the ticket. */
  readonly _id: string;
  readonly until: Date;
  /** Hash of the random id the browser holds; null before the ticket is used. */
  readonly jump: string | null;
  readonly taken: boolean;
  /** Hash of the ticket that another request of the same link has used; what is taken is that one. */
  readonly beside?: string;
}

/** How many look-ups a user has made in an hour. */
export interface LookUpCountRecord {
  /** `<hours since 1970>|<CVR>|<subject>` */
  readonly _id: string;
  readonly count: number;
  readonly until: Date;
}

/** What may happen once only, or is done by one process at a time. */
export interface OnceRecord {
  readonly _id: string;
  /** Of a lease: the process that holds it. */
  readonly holder?: string;
  readonly until: Date;
}
