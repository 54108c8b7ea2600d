import { setTimeout as wait } from 'node:timers/promises';
import type { JumpRefusal, JumpTarget, SpentJump } from '../../subgraphs/shared/ports/sessions.js';
import { hashSecret } from '../sessions/secrets.js';
import type { ContextParts } from './parts.js';
import { type AskedTarget, boundTarget } from './target.js';

/** Why a jump is refused. The user gets one page whatever it was; the log gets the reason. */
export interface Refusal {
  readonly refused: JumpRefusal | 'LINK_REFUSED' | 'OTHER_AUTHORITY' | 'OTHER_USER' | 'PERSON_UNKNOWN';
  readonly cvr: string | null;
}

/** What a ticket or link came to: a jump that waits for its user, one that was there before, or nothing. */
export type Arrival = { readonly target: JumpTarget } | (Refusal & { readonly spent: SpentJump | null });

/** What an address of a jump brings. */
export interface Asked {
  readonly ticket: unknown;
  readonly link: unknown;
}

const MAX_TICKET = 100;
/** A second tab with the same link waits this often, and this long in milliseconds, for the first to be done with it. */
const PATIENCE = { times: 20, timesForNobody: 6, ms: 50 } as const;

/**
 * Uses up a ticket or link; what it asked for waits under the hash of what the browser will hold.
 * @param jump hash of the browser's secret
 * @param hasSession whether a user is signed in: for somebody unknown a link that has just been used is waited for less
 */
export async function arrive(
  parts: ContextParts,
  { ticket, link }: Asked,
  { jump, until, hasSession }: { readonly jump: string; readonly until: Date; readonly hasSession: boolean },
): Promise<Arrival> {
  const { access } = parts.ports;
  if (typeof ticket === 'string' && ticket.length <= MAX_TICKET) {
    const key = hashSecret(ticket);
    const look = await access.arrive(key, jump, until, parts.now());
    return 'target' in look ? look : { ...look, spent: await spentBy(parts, key, look.refused) };
  }
  if (typeof link !== 'string')
    return { refused: link === undefined ? 'TICKET_UNKNOWN' : 'LINK_REFUSED', cvr: null, spent: null };
  return arriveByLink(parts, link, { jump, until, hasSession });
}

/** A link that was accepted is kept by its hash as a ticket is, and known again by it. */
async function arriveByLink(
  parts: ContextParts,
  link: string,
  { jump, until, hasSession }: { readonly jump: string; readonly until: Date; readonly hasSession: boolean },
): Promise<Arrival> {
  const { access } = parts.ports;
  const key = hashSecret(link);
  const known = await access.spentTicket(key);
  if (known) return { refused: 'LINK_REFUSED', cvr: known.target.cvr, spent: known };
  const read = await parts.links?.read(link);
  const target = read && (await targetOf(parts, read));
  if (!target) {
    const times = hasSession ? PATIENCE.times : PATIENCE.timesForNobody;
    const spent = read ? await usedMeanwhile(parts, key, times) : null;
    return { refused: 'LINK_REFUSED', cvr: spent?.target.cvr ?? null, spent };
  }
  await access.keepTicket(key, target, until);
  const look = await access.arrive(key, jump, until, parts.now());
  return 'target' in look
    ? look
    : { refused: 'LINK_REFUSED', cvr: look.cvr, spent: await access.spentTicket(key) };
}

/** Of two tabs with one link the second may find it claimed before it is kept. */
async function usedMeanwhile(
  { ports: { access } }: ContextParts,
  key: string,
  times: number,
): Promise<SpentJump | null> {
  for (let time = 0; time < times; time++) {
    const spent = await access.spentTicket(key);
    if (spent) return spent;
    await wait(PATIENCE.ms);
  }
  return null;
}

function spentBy(
  { ports: { access } }: ContextParts,
  key: string,
  refused: JumpRefusal,
): Promise<SpentJump | null> {
  return refused === 'TICKET_REPLAYED' ? access.spentTicket(key) : Promise.resolve(null);
}

/** A link is signed for exactly this address, at most 60 seconds old, and used once: as every assertion of a system. */
async function targetOf(
  parts: ContextParts,
  { signed, asked }: { readonly signed: string; readonly asked: AskedTarget },
): Promise<JumpTarget | undefined> {
  const system = await parts.access.authenticateSystem(signed, `${parts.publicUrl()}/open`);
  if (!system) return undefined;
  const target = await boundTarget(parts.ports, system, asked);
  return 'rule' in target ? undefined : target;
}
