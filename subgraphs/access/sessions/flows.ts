import type { JumpLook, JumpTarget, SessionsPort, SpentJump } from '../../shared/ports/sessions.js';
import type { AccessCollections } from '../source/collections.js';
import type { JumpRecord } from '../source/session-records.js';
import { isLive } from './session-state.js';

type FlowPort = Pick<
  SessionsPort,
  | 'beginSignIn'
  | 'takeSignIn'
  | 'signInAuthority'
  | 'signedIn'
  | 'spentSignIn'
  | 'keepTicket'
  | 'arrive'
  | 'arriveBeside'
  | 'takeJump'
  | 'spentTicket'
  | 'spentJump'
>;

/** Sign-ins and jumps under way: each is taken up once, by one compare-and-set, and remembered for a while after. */
export function flowPort(collections: AccessCollections): FlowPort {
  const { jumps } = collections;
  return {
    ...signInPort(collections),
    ...arrivalPort(collections),
    async takeJump(jump, at) {
      const found = await jumps.findOne({ jump });
      if (!found) return { refused: 'TICKET_UNKNOWN', cvr: null };
      if (found.until <= at) return { refused: 'TICKET_EXPIRED', cvr: found.cvr };
      const { modifiedCount } = await jumps.updateOne(
        { _id: found.beside ?? found._id, taken: false },
        { $set: { taken: true } },
      );
      return modifiedCount === 1 ? lookAt(found) : { refused: 'TICKET_REPLAYED', cvr: found.cvr };
    },
    spentTicket: async (ticket) => spent(await jumps.findOne({ _id: ticket })),
    async spentJump(jump) {
      const found = await jumps.findOne({ jump });
      const first = found?.beside === undefined ? found : await jumps.findOne({ _id: found.beside });
      return first?.taken ? spent(first) : null;
    },
  };
}

/** Tickets, until a browser comes with one: from then on a secret of its own stands for it. */
function arrivalPort({ jumps }: AccessCollections): Pick<FlowPort, 'keepTicket' | 'arrive' | 'arriveBeside'> {
  return {
    async keepTicket(_id, target, until) {
      await jumps.insertOne({ _id, ...target, until, jump: null, taken: false });
    },
    async arrive(ticket, jump, until, at) {
      const found = await jumps.findOne({ _id: ticket });
      if (!found) return { refused: 'TICKET_UNKNOWN', cvr: null };
      if (found.jump !== null) return { refused: 'TICKET_REPLAYED', cvr: found.cvr };
      if (found.until <= at) return { refused: 'TICKET_EXPIRED', cvr: found.cvr };
      const { modifiedCount } = await jumps.updateOne({ _id: ticket, jump: null }, { $set: { jump, until } });
      return modifiedCount === 1 ? lookAt(found) : { refused: 'TICKET_REPLAYED', cvr: found.cvr };
    },
    async arriveBeside(ticket, jump, until, apartMs) {
      const found = await jumps.findOne({ _id: ticket });
      if (!found || found.jump === null || found.taken) return null;
      if (found.until.getTime() < until.getTime() - apartMs) return null;
      const target = targetOf(found);
      await jumps.insertOne({
        _id: `${ticket}|${jump}`,
        ...target,
        until,
        jump,
        taken: false,
        beside: ticket,
      });
      return target;
    },
  };
}

function signInPort(
  collections: AccessCollections,
): Pick<FlowPort, 'beginSignIn' | 'takeSignIn' | 'signInAuthority' | 'signedIn' | 'spentSignIn'> {
  const { signIns, sessions } = collections;
  return {
    async beginSignIn({ id: _id, ...request }) {
      await signIns.insertOne({ _id, ...request, taken: false, session: null });
    },
    async takeSignIn(id, browser, at) {
      const found = await signIns.findOne({ _id: id });
      if (found?.browser !== browser || found.until <= at) return null;
      const { modifiedCount } = await signIns.updateOne({ _id: id, taken: false }, { $set: { taken: true } });
      if (modifiedCount !== 1) return null;
      const { _id, taken: _taken, session: _session, ...request } = found;
      return { id, ...request };
    },
    signInAuthority: async (browser) => (await signIns.findOne({ browser }))?.cvr ?? null,
    async signedIn(id, session) {
      await signIns.updateOne({ _id: id }, { $set: { session } });
    },
    async spentSignIn(id, browsers, at) {
      const found = await signIns.findOne({ _id: id });
      const own = found !== null && browsers.includes(found.browser);
      if (!found?.taken && !(own && found.until <= at)) return null;
      const begun = await signIns.find({ browser: { $in: [...browsers] } }).toArray();
      const ids = [found, ...begun].flatMap(({ session }) => session ?? []);
      const known = await sessions.find({ _id: { $in: ids } }).toArray();
      const by = known.find(({ _id }) => _id === found.session);
      const held = new Set(begun.flatMap(({ session }) => session ?? []));
      let live = null;
      for (const session of known.filter(({ _id }) => held.has(_id)))
        if (live === null && (await isLive(collections, session, at))) live = session;
      return { cvr: found.cvr, returnTo: found.returnTo, own, user: nameOf(by), live: nameOf(live) };
    },
  };
}

const nameOf = (session: { readonly cvr: string; readonly subject: string } | null | undefined) =>
  session ? { cvr: session.cvr, subject: session.subject } : null;

function targetOf({ source, sourceName, cvr, subject, citizenId, caseId, purpose }: JumpRecord): JumpTarget {
  return { source, sourceName, cvr, subject, citizenId, caseId, purpose };
}

const lookAt = (found: JumpRecord): JumpLook => ({ target: targetOf(found) });

function spent(found: JumpRecord | null): SpentJump | null {
  return found === null || found.jump === null
    ? null
    : { ticket: found._id, target: targetOf(found), jump: found.jump };
}
