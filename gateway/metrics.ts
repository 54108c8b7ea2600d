import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the gateway counts. Labels are names of subgraphs, codes and outcomes: never an id, never a person. */
export interface Metrics {
  readonly registry: Registry;
  readonly onCall: (subgraph: string, seconds: number, failure: unknown) => void;
  readonly onRequest: (outcome: string) => void;
  readonly onBreach: () => void;
  /** Messages by what became of them. */
  readonly onMessage: (result: string) => void;
  /** Delivered records by source system and result. */
  readonly onRecords: (source: string, result: string, count: number) => void;
}

/** @returns a registry of its own, so that several gateways fit in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const { calls, requests, breaches } = lookUpMeters(registry);
  const { messages, records } = intakeMeters(registry);
  new Gauge({
    name: 'overblik_resident_memory_bytes',
    help: 'Resident memory of the process',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return {
    registry,
    onCall: (subgraph, seconds, failure) =>
      calls.observe({ subgraph, outcome: failure === undefined ? 'answered' : 'failed' }, seconds),
    onRequest: (outcome) => requests.inc({ outcome }),
    onBreach: () => breaches.inc(),
    onMessage: (result) => messages.inc({ result }),
    onRecords: (source, result, count) => records.inc({ source, result }, count),
  };
}

/** What is asked of the gateway, and what it asks of the subgraphs. */
function lookUpMeters(registry: Registry) {
  const calls = new Histogram({
    name: 'overblik_subgraph_call_seconds',
    help: 'Duration of calls to subgraphs',
    labelNames: ['subgraph', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers: [registry],
  });
  const requests = new Counter({
    name: 'overblik_requests_total',
    help: 'GraphQL requests by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const breaches = new Counter({
    name: 'overblik_second_lock_breaches_total',
    help: 'Answers stopped because a guarded value reached a caller without a grant for it',
    registers: [registry],
  });
  return { calls, requests, breaches };
}

/** What source systems send. */
function intakeMeters(registry: Registry) {
  const messages = new Counter({
    name: 'overblik_messages_total',
    help: 'Messages by what became of them',
    labelNames: ['result'],
    registers: [registry],
  });
  const records = new Counter({
    name: 'overblik_feed_records_total',
    help: 'Delivered records by source system and result',
    labelNames: ['source', 'result'],
    registers: [registry],
  });
  return { messages, records };
}
