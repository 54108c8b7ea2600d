import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client';
import type { AskReadiness, Readiness } from '../../../gateway/health/readiness.js';
import type { Answers, MetricRow, Question } from './words.js';
import type { WorkerPool } from './worker-pool.js';

/** A worker's own checks have a second and a half. */
const WITHIN_MS = 3000;

interface Answered<Q extends Question> {
  readonly number: number;
  /** Undefined when the worker does not answer, or is not there. */
  readonly answer: Answers[Q] | undefined;
}

type AskPool = Pick<WorkerPool, 'workers' | 'replaced'>;

function askAll<Q extends Question>({ workers }: AskPool, question: Q): Promise<Answered<Q>[]> {
  return Promise.all(
    workers.map(async ({ number, worker }) => ({ number, answer: await worker?.ask(question, WITHIN_MS) })),
  );
}

/** @returns readiness of all workers as one: ready when each of them is, and down what is so for any. */
export function readinessOf(pool: AskPool): AskReadiness {
  let running: Promise<Readiness> | undefined;
  return () => (running ??= readiness(pool).finally(() => (running = undefined)));
}

async function readiness(pool: AskPool): Promise<Readiness> {
  const answers = (await askAll(pool, 'readiness')).map(
    ({ number, answer }): Readiness => answer ?? { ready: false, down: [`worker ${number}: no answer`] },
  );
  return {
    ready: answers.every(({ ready }) => ready),
    down: [...new Set(answers.flatMap(({ down }) => down))],
  };
}

/** @returns the metrics of all workers, and of the first process, as one registry answers them. */
export function metricsOf(pool: AskPool): Pick<Registry, 'contentType' | 'metrics'> {
  const own = ownMetrics(pool);
  return {
    contentType: own.registry.contentType,
    async metrics() {
      const rows = (await askAll(pool, 'metrics')).flatMap(({ number, answer }) =>
        answer ? [ofWorker(String(number), answer)] : [],
      );
      own.answering.set(rows.length);
      return AggregatorRegistry.aggregate([...rows, await own.registry.getMetricsAsJSON()]).metrics();
    },
  };
}

function ownMetrics(pool: AskPool) {
  const registry = new Registry();
  const common = { registers: [registry], aggregator: 'first' as const };
  const answering = new Gauge({
    name: 'overblik_workers',
    help: 'Workers of the gateway that answer',
    ...common,
  });
  new Counter({
    name: 'overblik_workers_replaced_total',
    help: 'Workers that were started in the place of one that ended',
    ...common,
    collect() {
      this.reset();
      this.inc(pool.replaced);
    },
  });
  new Gauge({
    name: 'overblik_first_process_resident_memory_bytes',
    help: 'Resident memory of the process that keeps the workers, and the embedded store if there is one',
    ...common,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return { registry, answering };
}

/**
 * What a worker counts bears its number: a sum over workers would fall when one is started anew. What every worker reads from the store is
 * reported once.
 */
function ofWorker(worker: string, rows: readonly MetricRow[]): MetricRow[] {
  return rows.map((row) =>
    row.aggregator === 'first'
      ? row
      : { ...row, values: row.values.map((value) => ({ ...value, labels: { ...value.labels, worker } })) },
  );
}
