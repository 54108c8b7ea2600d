import { eachPort, type SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';

/** How long the delivery of one batch may wait for look-ups in all, so that a constant stream of them does not stop it. */
const MOST_WAIT_MS = 300;

/** Look-ups under way in this process. A user waits for each of them; a delivery can wait. */
export class LookUps {
  #underWay = 0;
  readonly #waiting = new Set<() => void>();

  /** Notes that one has begun. @returns the function to call when it has ended */
  begin(): () => void {
    this.#underWay++;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      if (--this.#underWay > 0) return;
      for (const go of [...this.#waiting]) go();
    };
  }

  /** Resolves when none is under way, or after so many milliseconds. @returns the milliseconds waited */
  async quiet(atMostMs: number): Promise<number> {
    if (this.#underWay === 0 || atMostMs <= 0) return 0;
    const since = performance.now();
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, atMostMs);
      this.#waiting.add(go);
    });
    return performance.now() - since;
  }
}

/** @returns ports for the delivery of one batch: before each step it lets look-ups that are under way go first. */
export function lookUpsFirst(ports: SubgraphPorts, lookUps: LookUps): SubgraphPorts {
  let waitLeft = MOST_WAIT_MS;
  const letLookUpsPass = async () => {
    waitLeft -= await lookUps.quiet(waitLeft);
  };
  return eachPort(
    (name) =>
      new Proxy(ports[name], {
        get: (port, method) => {
          const step: unknown = Reflect.get(port, method);
          if (typeof step !== 'function') return step;
          return async (...args: unknown[]): Promise<unknown> => {
            await letLookUpsPass();
            const answered: unknown = await Reflect.apply(step, port, args);
            return answered;
          };
        },
      }),
  );
}
