import { daysFrom } from '../../shared/days/days-from.js';
import { insertedFirst } from '../../shared/in-step/inserted-first.js';
import type { SessionsPort } from '../../shared/ports/sessions.js';
import { effectiveVersion } from '../governed/effective.js';
import { governedId } from '../governed/life-cycle.js';
import type { AccessCollections } from '../source/collections.js';
import type { GovernedRecord } from '../source/records.js';
import { flowPort } from './flows.js';
import { leases } from './leases.js';
import { lookUpCounts } from './look-up-counts.js';
import { sessionPort } from './sessions.js';

/** Sessions, sign-ins and tickets are over after a day at most; one more, so that a late use still has its true reason. */
const KEPT_DAYS = 2;
/** A used assertion is remembered for twice as long as one can hold. */
const ASSERTION_AGE_MS = 120_000;

/** What sign-ins and jumps keep: every step that counts once is decided by one compare-and-set. */
export function sessionsPort(collections: AccessCollections): SessionsPort {
  const { signIns, jumps, once, lookUps, sessions, systems, governed, assertions } = collections;
  return {
    ...sessionPort(collections),
    ...flowPort(collections),
    ...lookUpCounts(collections),
    ...leases(collections),
    once: (_id, until) => insertedFirst(() => once.insertOne({ _id, until })),
    async jumpTemplate(cvr, source, at) {
      const system = await systems.findOne({ code: source, active: true });
      if (!system) return null;
      const item = await governed.findOne({ _id: governedId({ kind: 'jump', cvr, key: system._id }) });
      return item && templateAt(item, at);
    },
    async jumpTemplates(cvr, at) {
      const items = await governed.find({ cvr, kind: 'jump' }).toArray();
      const templates = new Map(items.map((item) => [item.key, templateAt(item, at)]));
      const inUse = await systems.find({ _id: { $in: [...templates.keys()] }, active: true }).toArray();
      return inUse.flatMap(({ _id, code }) => {
        const template = templates.get(_id);
        return template ? [{ source: code, template }] : [];
      });
    },
    async forgetOldSessions(at) {
      const before = daysFrom(at, -KEPT_DAYS);
      const old = { until: { $lt: before } };
      const deleted = await Promise.all([
        signIns.deleteMany(old),
        jumps.deleteMany(old),
        once.deleteMany(old),
        lookUps.deleteMany(old),
        sessions.deleteMany({ startedAt: { $lt: before } }),
        assertions.deleteMany({ at: { $lt: new Date(at.getTime() - ASSERTION_AGE_MS) } }),
      ]);
      return deleted.reduce((sum, { deletedCount }) => sum + deletedCount, 0);
    },
  };
}

/** @returns the address in force at a time; null where an authority wants none. */
function templateAt(item: GovernedRecord, at: Date): string | null {
  const content = effectiveVersion(item, at)?.content;
  return content?.kind === 'jump' && content.template !== '' ? content.template : null;
}
