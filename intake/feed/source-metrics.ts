import { Gauge, type Registry } from 'prom-client';
import { within } from '../../gateway/transport/within.js';
import { portsOf, type SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { Freshness } from '../../subgraphs/shared/sections/freshness.js';

/** How long one reading serves: the gauges of one scrape show the same moment. */
const READING_MS = 1000;
/** A part that has not answered by then is left out; the others are reported. */
const PATIENCE_MS = 2000;

interface Row {
  readonly labels: { readonly part: string; readonly source: string; readonly authority: string };
  readonly freshness: Freshness;
}

/** What is reported of each source system: by the part that keeps its records and the authority they concern. */
const GAUGES: readonly {
  readonly name: string;
  readonly help: string;
  readonly value: (freshness: Freshness) => number | undefined;
}[] = [
  {
    name: 'overblik_source_last_delivery_timestamp_seconds',
    help: 'When a source system last delivered, as Unix time',
    value: ({ lastDeliveryAt }) => lastDeliveryAt.getTime() / 1000,
  },
  {
    name: 'overblik_source_lag_seconds',
    help: 'How long the newest record of the last delivery had been registered when it arrived',
    value: ({ lagMs }) => lagMs && lagMs / 1000,
  },
  {
    name: 'overblik_source_records',
    help: 'Records a source system has delivered since the beginning',
    value: ({ records }) => records,
  },
  {
    name: 'overblik_source_missing_deliveries',
    help: 'Numbered deliveries of a source system that have not arrived',
    value: ({ gaps }) => gaps,
  },
];

/** Puts the freshness of every source system among the metrics. */
export function watchSources(registry: Registry, ports: SubgraphPorts): void {
  let reading: { readonly at: number; readonly rows: Promise<Row[]> } | undefined;
  const rows = (): Promise<Row[]> => {
    if (!reading || performance.now() - reading.at > READING_MS)
      reading = { at: performance.now(), rows: readAll(ports) };
    return reading.rows;
  };
  for (const { name, help, value } of GAUGES) {
    new Gauge({
      name,
      help,
      labelNames: ['part', 'source', 'authority'],
      // Read from the store: every worker of a gateway reports the same.
      aggregator: 'first',
      registers: [registry],
      async collect() {
        const read = await rows();
        this.reset();
        for (const { labels, freshness } of read) {
          const reported = value(freshness);
          if (reported !== undefined) this.set(labels, reported);
        }
      },
    });
  }
}

async function readAll(ports: SubgraphPorts): Promise<Row[]> {
  const read = portsOf(ports).map(async ([part, port]) =>
    (await port.freshness()).map((freshness) => ({ labels: labelsOf(part, freshness), freshness })),
  );
  const answers = read.map((reading) =>
    within<Row[]>(
      PATIENCE_MS,
      reading.catch(() => []),
      () => [],
    ),
  );
  return (await Promise.all(answers)).flat();
}

function labelsOf(part: string, { _id }: Freshness): Row['labels'] {
  const [source = '', authority = ''] = _id.split('|');
  return { part, source, authority };
}
