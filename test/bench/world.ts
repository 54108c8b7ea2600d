import { deliver } from '../../intake/in-step/deliver.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { beginWorld, checkRecords } from '../../seed/stories/tell.js';
import { StoryBuilder } from '../../seed/stories/builder.js';

/** The typical citizen of the benchmarks, built apart from the seed: 20 cases, 60 documents, 6 grants with 72 payments, 10 alerts. */
export const TYPICAL = { cases: 20, documents: 60, grants: 6, payments: 72, alerts: 10 } as const;

const SOURCES = ['KSD', 'KY', 'KP', 'KMD_SAG', 'SBSYS'] as const;
const TOPICS = ['32.30.04', '32.24.04', '32.03.12', '32.21.12', '32.24.05'] as const;
/** Records handed over at a time. */
const BATCH = 500;

/** Plants the typical citizen. @returns the citizen's id */
export async function plantTypicalCitizen(ports: SubgraphPorts): Promise<string> {
  const { world } = worldOf('bench');
  const story = new StoryBuilder(world, 900, { given: 'Maale', surname: 'Stok', sex: 'FEMALE', years: 44 });
  for (let i = 0; i < TYPICAL.cases; i++) {
    const made = story.case(SOURCES[i % SOURCES.length]!, {
      daysAgo: 10 + i * 20,
      kle: TOPICS[i % TOPICS.length]!,
    });
    for (let d = 0; d < TYPICAL.documents / TYPICAL.cases; d++) story.document(made);
    if (i < TYPICAL.alerts) story.caseAlert(made);
    if (i < TYPICAL.grants)
      story.grant(['KSD', 'KY', 'KP'][i % 3]!, {
        // Each source's agreement covers its own areas: a grant of another area would not be shown.
        kle: ['32.30.04', '32.24.04', '32.03.12'][i % 3]!,
        monthsBack: TYPICAL.payments / TYPICAL.grants,
        behind: made,
      });
  }
  await deliver(ports, checkRecords(story.records));
  return story.person.id;
}

/** Plants a person who has so many cases and nothing else. @returns the person's id */
export async function plantPersonWithCases(ports: SubgraphPorts, count: number): Promise<string> {
  const { world } = worldOf(`bench-${count}`);
  const person = { given: 'Maale', surname: `Baand ${count}`, sex: 'FEMALE', years: 44 } as const;
  const story = new StoryBuilder(world, 901, person);
  for (let i = 0; i < count; i++)
    story.case(SOURCES[i % SOURCES.length]!, {
      daysAgo: 10 + (i % 3000),
      kle: TOPICS[i % TOPICS.length]!,
    });
  const records = checkRecords(story.records);
  for (let i = 0; i < records.length; i += BATCH) await deliver(ports, records.slice(i, i + BATCH));
  return story.person.id;
}

const worldOf = (seed: string) => beginWorld({ seed, date: new Date().toISOString().slice(0, 10) });
