import { deliver } from '../../intake/in-step/deliver.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { beginWorld, checkRecords } from '../../seed/stories/tell.js';
import { StoryBuilder } from '../../seed/stories/builder.js';

/** The typical citizen of the benchmarks, built apart from the seed: 20 cases, 60 documents, 6 grants with 72 payments, 10 alerts. */
export const TYPICAL = { cases: 20, documents: 60, grants: 6, payments: 72, alerts: 10 } as const;

/** Plants the typical citizen. @returns the citizen's id */
export async function plantTypicalCitizen(ports: SubgraphPorts): Promise<string> {
  const { world } = beginWorld({ seed: 'bench', date: new Date().toISOString().slice(0, 10) });
  const story = new StoryBuilder(world, 900, { given: 'Maale', surname: 'Stok', sex: 'FEMALE', years: 44 });
  const sources = ['KSD', 'KY', 'KP', 'KMD_SAG', 'SBSYS'];
  for (let i = 0; i < TYPICAL.cases; i++) {
    const made = story.case(sources[i % sources.length]!, {
      daysAgo: 10 + i * 20,
      kle: ['32.30.04', '32.24.04', '32.03.12', '32.21.12', '32.24.05'][i % 5]!,
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
