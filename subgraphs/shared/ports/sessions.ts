import type { TokenRole } from '../identity/privilege-list.js';
import type { Assurance } from '../policy/assurance.js';

/** Who signed in, as the identity provider said. */
export interface SignedIn {
  readonly subject: string;
  readonly cvr: string;
  readonly unit: string | null;
  readonly personId: string | null;
  readonly roles: readonly TokenRole[];
  readonly assurance: Assurance;
}

/** How the identity provider names the session, for single logout. */
export interface ProviderSession {
  /** Entity id of the identity provider. */
  readonly provider: string;
  readonly nameId: string;
  readonly nameIdFormat: string;
  readonly sessionIndex: string | null;
}

/** Sessions that an identity provider wants ended. */
export interface NamedSessions {
  /** Entity id of the identity provider. */
  readonly provider: string;
  readonly nameId: string;
  /** Empty for all sessions of the person. */
  readonly sessionIndexes: readonly string[];
}

export interface EndedSessions {
  /** Whose sessions were still open, one for each session. */
  readonly ended: readonly UserName[];
  /** Whether the person has, or lately had, a session here. */
  readonly isKnown: boolean;
  /** Whether each index names a session that is over now. */
  readonly isWhole: boolean;
}

/** A session as it begins. Browser and refresh are hashes of what the browser holds. */
export interface NewSession {
  readonly id: string;
  readonly who: SignedIn;
  readonly from: ProviderSession;
  readonly browser: string;
  readonly refresh: string;
  readonly at: Date;
}

/** A session that is still good. */
export interface LiveSession {
  readonly who: SignedIn;
  readonly from: ProviderSession;
  readonly browser: string;
  /** End by lack of use, and end in any case. */
  readonly idleEndsAt: Date;
  readonly endsAt: Date;
  /** Persons a jump has brought within reach, while the session lasts. */
  readonly reach: readonly string[];
}

/** Why a session gives nothing any more. */
export type SessionEnd = 'UNKNOWN' | 'IDLE' | 'TOO_OLD' | 'SIGNED_OUT' | 'REVOKED' | 'REFRESH_REUSED';

export type SessionLook = { readonly live: LiveSession } | { readonly ended: SessionEnd };

/** `RECENT`: another window of the same browser has just rotated; nothing new is given out. */
export type Rotation = 'ROTATED' | 'RECENT' | SessionEnd;

/** A sign-in under way at the identity provider. */
export interface SignInRequest {
  /** Id of the AuthnRequest. */
  readonly id: string;
  /** Hash of what the browser that began it holds. */
  readonly browser: string;
  readonly provider: string;
  /** The authority the sign-in is for. */
  readonly cvr: string;
  /** Where to go afterwards: a path of ours. */
  readonly returnTo: string;
  readonly until: Date;
}

/** A sign-in that cannot be taken up any more, as far as the browser that comes with it may know. */
export interface SpentSignIn {
  /** The authority it was for. */
  readonly cvr: string;
  readonly returnTo: string;
  /** Whether this browser began it. */
  readonly own: boolean;
  /** Who signed in by it; null when nobody did. */
  readonly user: UserName | null;
  /** Who has a live session that a sign-in of this browser began; null for nobody. */
  readonly live: UserName | null;
}

/** Names a user of an authority. */
export interface UserName {
  readonly cvr: string;
  readonly subject: string;
}

/** What a system asked the overview to be opened on, for one user. */
export interface JumpTarget {
  /** Code and name of the calling system. */
  readonly source: string;
  readonly sourceName: string;
  /** The authority and the user it is for. */
  readonly cvr: string;
  readonly subject: string;
  /** Null when the person is not known: the user learns no more than from any other refusal. */
  readonly citizenId: string | null;
  readonly caseId: string | null;
  readonly purpose: string | null;
}

export type JumpRefusal = 'TICKET_UNKNOWN' | 'TICKET_EXPIRED' | 'TICKET_REPLAYED';
export type JumpLook =
  { readonly target: JumpTarget } | { readonly refused: JumpRefusal; readonly cvr: string | null };

/** A ticket or jump that has been used. */
export interface SpentJump {
  readonly target: JumpTarget;
  /** Hash of the ticket. */
  readonly ticket: string;
  /** Hash of what the browser holds that came with it first. */
  readonly jump: string;
}

/** Where a system opens its cases for the users of an authority. */
export interface JumpTemplate {
  /** Code of the system. */
  readonly source: string;
  readonly template: string;
}

/** How many look-ups a user has made, counted where all gateways see it. */
export interface LookUpCounts {
  /**
   * @param hour whole hours since 1970
   * @param by how many more to count, fewer when negative; 0 only asks
   * @returns how many there are in that hour now
   */
  countLookUps(user: UserName, hour: number, by: number): Promise<number>;
}

/** What several gateways over one store agree on: which of them does what is enough when one does it. */
export interface Leases {
  /**
   * Takes a lease, or keeps one that the holder has. One that its holder lets run out is free a while later: clocks differ.
   * @param holder names the process that asks
   * @param until when it runs out; a time long past to give it back
   * @returns whether the holder has it now
   */
  holdLease(name: string, holder: string, at: Date, until: Date): Promise<boolean>;
}

/** What sign-ins and jumps keep: sessions, sign-ins under way, tickets, and what may happen once only. For the gateway alone. */
export interface SessionsPort extends LookUpCounts, Leases {
  startSession(session: NewSession): Promise<void>;
  session(id: string, at: Date): Promise<SessionLook>;
  /** Notes that a session is used. */
  touchSession(id: string, at: Date): Promise<void>;
  /** Changes a refresh token for the next one; one used before ends the session for everybody. */
  rotateSession(id: string, presented: string, next: string, at: Date): Promise<Rotation>;
  /** Ends a session and those of the same user in the same browser. @returns whether any was still open */
  endSession(id: string, at: Date): Promise<boolean>;
  /** Ends every session of a user. @returns how many */
  endSessionsOf(cvr: string, subject: string, at: Date): Promise<number>;
  /** Ends the sessions an identity provider names, with those beside them in the same browser. */
  endProviderSessions(named: NamedSessions, at: Date): Promise<EndedSessions>;
  /** @returns which of these marks a browser's live session of a user bears; null for none. */
  sharedBrowser(browsers: readonly string[], user: UserName, at: Date): Promise<string | null>;
  /** Lets a person be opened while the session lasts: a jump brought the user there. Holds in every tab of the browser. */
  reachPerson(id: string, citizenId: string, at: Date): Promise<void>;
  /** @returns unit and own person of a user, as the organisation has them. */
  userAs(
    cvr: string,
    subject: string,
  ): Promise<{ readonly unit: string | null; readonly personId: string | null }>;
  beginSignIn(request: SignInRequest): Promise<void>;
  /** Takes a sign-in up again, once and in the browser that began it. */
  takeSignIn(id: string, browser: string, at: Date): Promise<SignInRequest | null>;
  /** @param browser hash of what the browser holds @returns the authority of a sign-in that it began; null for none */
  signInAuthority(browser: string): Promise<string | null>;
  /** Notes which session a sign-in began. */
  signedIn(id: string, session: string): Promise<void>;
  /**
   * @param browsers hashes of what this browser holds of its sign-ins
   * @returns what was to come of a sign-in that is spent or too late; null for one that is neither, or unknown
   */
  spentSignIn(id: string, browsers: readonly string[], at: Date): Promise<SpentSignIn | null>;
  /** @returns false when the id was used before. */
  once(id: string, until: Date): Promise<boolean>;
  /** Keeps a ticket by its hash. */
  keepTicket(ticket: string, target: JumpTarget, until: Date): Promise<void>;
  /** Uses a ticket up; what it asked for waits under the hash of a random jump id. */
  arrive(ticket: string, jump: string, until: Date, at: Date): Promise<JumpLook>;
  /**
   * A browser opens a link twice before the first answer has come: both wait for one jump, which is still taken up once.
   * @param apartMs how long before this one the first may have come
   * @returns what it waits for; null for a ticket that is unknown, taken up, or came first too long ago
   */
  arriveBeside(ticket: string, jump: string, until: Date, apartMs: number): Promise<JumpTarget | null>;
  /** Takes up what waits, once. */
  takeJump(jump: string, at: Date): Promise<JumpLook>;
  /** @returns what a used ticket asked for, and the jump it became; null for one that is not used, or unknown. */
  spentTicket(ticket: string): Promise<SpentJump | null>;
  /** @returns what a jump that was taken up asked for; null for any other. */
  spentJump(jump: string): Promise<SpentJump | null>;
  /** @returns the template an authority has approved for a system, or null. */
  jumpTemplate(cvr: string, source: string, at: Date): Promise<string | null>;
  /** @returns the templates an authority has approved, of the systems that are in use. */
  jumpTemplates(cvr: string, at: Date): Promise<readonly JumpTemplate[]>;
  /** Lets go of what was over long enough at a time. @returns how many records */
  forgetOldSessions(at: Date): Promise<number>;
}
