import { within } from '../transport/within.js';
/** What must hold before the gateway answers, and which parts may be down without stopping it. */
export interface ReadinessCheck {
  readonly name: string;
  /** A required part makes the gateway unready; another is only named. */
  readonly required: boolean;
  /** @returns whether the part works; an exception means no. */
  readonly check: () => Promise<boolean>;
}

export interface Readiness {
  readonly ready: boolean;
  /** Names of the parts that do not work. */
  readonly down: readonly string[];
}

/** Asks whether the gateway may be sent requests. */
export type AskReadiness = () => Promise<Readiness>;

const FIRST_START: Readiness = { ready: false, down: ['first start: the data is being made'] };

const CHECK_TIMEOUT_MS = 1500;

/**
 * Whoever asks while the checks run gets the same answer: however often strangers ask, one run of the checks runs at a time.
 * @param isPrepared whether first-start work is done
 */
export function askReadiness(checks: readonly ReadinessCheck[], isPrepared: () => boolean): AskReadiness {
  let running: Promise<Readiness> | undefined;
  return () => {
    if (!isPrepared()) return Promise.resolve(FIRST_START);
    running ??= readiness(checks).finally(() => (running = undefined));
    return running;
  };
}

/** Runs all checks side by side, each under a deadline. */
async function readiness(checks: readonly ReadinessCheck[]): Promise<Readiness> {
  const results = await Promise.all(checks.map(async (check) => ({ check, works: await works(check) })));
  const down = results.filter((result) => !result.works);
  return { ready: !down.some(({ check }) => check.required), down: down.map(({ check }) => check.name) };
}

async function works({ check }: ReadinessCheck): Promise<boolean> {
  try {
    return await within(CHECK_TIMEOUT_MS, check(), () => false);
  } catch {
    // A check that cannot be made has failed.
    return false;
  }
}
