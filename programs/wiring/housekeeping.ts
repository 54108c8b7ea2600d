import { randomUUID } from 'node:crypto';
import { leftBehindBy, resumeHandovers } from '../../intake/in-step/resume-handovers.js';
import { type SystemById, takeUpEarly } from '../../intake/messages/early-messages.js';
import { daysFrom } from '../../subgraphs/shared/days/days-from.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';

const PERIOD_MS = 15_000;
/** Whoever keeps house goes on with it; when it ends, another gateway or worker does. */
const LEASE_MS = 2 * PERIOD_MS;
/** A reject is personal data that nobody has corrected: it is kept for ninety days. */
const REJECT_AGE_DAYS = 90;
/** How long the answer of a source to a note is kept; so is the text of a refused note. */
const NOTE_AGE_DAYS = 30;

/**
 * What a gateway does by itself every quarter of a minute, one of all gateways and workers over a store at a time: finishes hand-overs that a crash has left, takes up messages
 * whose persons have arrived, cleans up alerts, old rejects and what users opened long ago.
 */
export function startHousekeeping(
  ports: SubgraphPorts,
  systemById: SystemById,
  prepared: Promise<void>,
  now: () => Date,
  logger: Logger,
): { stop(): Promise<void> } {
  const holder = randomUUID();
  let held = false;
  let busy = false;
  const run = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      await prepared;
      held = await hold(ports, holder, now(), now().getTime() + LEASE_MS);
      const finished = held ? await keepHouse(ports, systemById, now) : 0;
      if (finished > 0)
        logger.warn(
          { finished },
          'hand-overs that a stopped process had left were finished: find out why it stopped',
        );
    } catch (error) {
      // A subgraph that is down now has its hand-overs finished in the next run.
      logger.warn(
        { error: loggable(error) },
        'housekeeping failed: it runs again in 15 seconds; check the subgraph in error',
      );
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void run(), PERIOD_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      // Given back, it is free at once; what cannot be given back runs out.
      if (held) await hold(ports, holder, now(), 0).catch(() => undefined);
    },
  };
}

/** @param untilMs milliseconds since 1970 @returns whether this process is the one that keeps house now */
function hold({ access }: SubgraphPorts, holder: string, at: Date, untilMs: number): Promise<boolean> {
  return access.holdLease('housekeeping', holder, at, new Date(untilMs));
}

/** @returns how many hand-overs were finished */
async function keepHouse(ports: SubgraphPorts, systemById: SystemById, now: () => Date): Promise<number> {
  const finished = await resumeHandovers(ports, leftBehindBy(now()));
  await ports.alerts.cleanUp(now());
  await ports.access.forgetOldSessions(now());
  await ports.cases.forgetNotes(daysFrom(now(), -NOTE_AGE_DAYS));
  await ports.access.forgetRejects(daysFrom(now(), -REJECT_AGE_DAYS));
  await ports.citizens.forgetOwnPersons(now());
  await takeUpEarly({ ports, now, systemById });
  return finished;
}
