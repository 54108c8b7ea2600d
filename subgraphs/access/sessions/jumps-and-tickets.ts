import type { DoorsPort, JumpLook } from '../../shared/ports/sessions.js';
import { insertedFirst } from '../../shared/in-step/inserted-first.js';
import { effectiveVersion } from '../governed/effective.js';
import { governedId } from '../governed/life-cycle.js';
import type { AccessCollections } from '../source/collections.js';
import type { JumpRecord } from '../source/session-records.js';
import { sessionPort } from './sessions.js';

/** Sessions, sign-ins and tickets are over after a day at most; one more, so that a late use still has its true reason. */
const DOOR_AGE_MS = 2 * 24 * 3_600_000;
/** A used assertion is remembered for twice as long as one can hold. */
const ASSERTION_AGE_MS = 120_000;

/** What both doors keep (design.md §3, §9): every step that counts once is decided by one compare-and-set. */
export function doorsPort(collections: AccessCollections): DoorsPort {
  const { signIns, jumps, once, sessions, systems, governed, assertions } = collections;
  return {
    ...sessionPort(collections),
    async beginSignIn({ id: _id, ...request }) {
      await signIns.insertOne({ _id, ...request, taken: false });
    },
    async takeSignIn(id, browser, at) {
      const found = await signIns.findOne({ _id: id });
      if (found?.browser !== browser || found.until <= at) return null;
      const { modifiedCount } = await signIns.updateOne({ _id: id, taken: false }, { $set: { taken: true } });
      if (modifiedCount !== 1) return null;
      const { _id, taken: _taken, ...request } = found;
      return { id, ...request };
    },
    once: (_id, until) => insertedFirst(() => once.insertOne({ _id, until })),
    async keepTicket(_id, target, until) {
      await jumps.insertOne({ _id, ...target, until, jump: null, taken: false });
    },
    async arrive(ticket, jump, until, at) {
      const found = await jumps.findOne({ _id: ticket });
      if (!found) return { refused: 'TICKET_UNKNOWN', cvr: null };
      if (found.jump !== null) return { refused: 'TICKET_REPLAYED', cvr: found.cvr };
      if (found.until <= at) return { refused: 'TICKET_EXPIRED', cvr: found.cvr };
      const { modifiedCount } = await jumps.updateOne({ _id: ticket, jump: null }, { $set: { jump, until } });
      return modifiedCount === 1 ? targetOf(found) : { refused: 'TICKET_REPLAYED', cvr: found.cvr };
    },
    async takeJump(jump, at) {
      const found = await jumps.findOne({ jump });
      if (!found) return { refused: 'TICKET_UNKNOWN', cvr: null };
      if (found.until <= at) return { refused: 'TICKET_EXPIRED', cvr: found.cvr };
      const { modifiedCount } = await jumps.updateOne(
        { _id: found._id, taken: false },
        { $set: { taken: true } },
      );
      return modifiedCount === 1 ? targetOf(found) : { refused: 'TICKET_REPLAYED', cvr: found.cvr };
    },
    async jumpTemplate(cvr, source, at) {
      const system = await systems.findOne({ code: source, active: true });
      if (!system) return null;
      const item = await governed.findOne({ _id: governedId({ kind: 'jump', cvr, key: system._id }) });
      const content = item && effectiveVersion(item, at)?.content;
      return content?.kind === 'jump' && content.template !== '' ? content.template : null;
    },
    async forgetDoors(at) {
      const before = new Date(at.getTime() - DOOR_AGE_MS);
      const old = { until: { $lt: before } };
      const deleted = await Promise.all([
        signIns.deleteMany(old),
        jumps.deleteMany(old),
        once.deleteMany(old),
        sessions.deleteMany({ startedAt: { $lt: before } }),
        assertions.deleteMany({ at: { $lt: new Date(at.getTime() - ASSERTION_AGE_MS) } }),
      ]);
      return deleted.reduce((sum, { deletedCount }) => sum + deletedCount, 0);
    },
  };
}

function targetOf({ source, sourceName, cvr, subject, citizenId, caseId, purpose }: JumpRecord): JumpLook {
  return { target: { source, sourceName, cvr, subject, citizenId, caseId, purpose } };
}
