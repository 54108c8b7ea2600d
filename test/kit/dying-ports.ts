import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';

/** @returns the ports, of which the call after `calls` more never comes back: the process is gone. */
export function dyingPorts(ports: SubgraphPorts, calls: number): SubgraphPorts {
  let left = calls;
  const dying = (port: object): never =>
    new Proxy(port, {
      get:
        (target, method) =>
        (...args: unknown[]) => {
          if (left-- <= 0) throw new Error('killed');
          return (target as Record<string, (...some: unknown[]) => unknown>)[method as string]!(...args);
        },
    }) as never;
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, dying(port)])) as never;
}
