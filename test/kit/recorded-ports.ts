import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';

/** A call of a port: `cases.take`, and what it was given. */
export type PortCall = readonly [name: string, ...given: unknown[]];

/** @returns the ports, each of whose calls is noted in `calls` before it is made. */
export function recordedPorts(ports: SubgraphPorts, calls: PortCall[]): SubgraphPorts {
  const noting = (name: string, port: object) =>
    new Proxy(port, {
      get:
        (target, method) =>
        (...given: unknown[]) => {
          calls.push([`${name}.${String(method)}`, ...given]);
          return Reflect.apply(Reflect.get(target, method) as () => unknown, target, given) as unknown;
        },
    });
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, noting(name, port)])) as never;
}
