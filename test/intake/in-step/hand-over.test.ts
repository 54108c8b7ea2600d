import { beforeEach, expect, test } from '@jest/globals';
import { handOver } from '../../../intake/in-step/hand-over.js';
import type { StaleCase } from '../../../subgraphs/shared/in-step/case-facts.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import { caseFacts } from '../../kit/access.js';

const facts = (caseId: string) => ({ ...caseFacts(), caseId });
const GONE: StaleCase = { caseId: 'gone', asOf: new Date(0), by: null };
const TIE = { kind: 'case', recordId: 'x', registeredAt: new Date(0), keys: [], ties: [] } as const;

/** What was called, in order, with what it was given. */
let calls: unknown[][];
let ports: SubgraphPorts;
beforeEach(() => {
  calls = [];
  // The subgraphs themselves are in the suites that break hand-overs off; here only who is called counts, and when.
  const port = (name: string) =>
    new Proxy(
      {},
      {
        get:
          (_target, method) =>
          (...given: unknown[]) => {
            calls.push([`${name}.${String(method)}`, ...given]);
            return Promise.resolve(method === 'factsOf' ? (given[0] as string[]).map(facts) : undefined);
          },
      },
    );
  const names = ['citizens', 'cases', 'documents', 'benefits', 'alerts'];
  ports = Object.fromEntries(names.map((name) => [name, port(name)])) as unknown as SubgraphPorts;
});

const KEEPERS = ['documents', 'benefits', 'alerts'];
const toKeepers = (method: string, ...given: unknown[]) =>
  KEEPERS.map((name) => [`${name}.${method}`, ...given]);

test('copies are hidden, get their facts, persons their ties, and only then the notes are crossed out', async () => {
  const known = [facts('known')];
  await handOver(ports, {
    owner: ports.cases,
    noted: ['one', 'two'],
    gone: [GONE],
    cases: ['a', 'b', 'a'],
    facts: known,
    ties: [TIE],
  });
  expect(calls).toEqual([
    ...toKeepers('markStale', [GONE]),
    ['cases.factsOf', ['a', 'b']],
    ...toKeepers('caseFacts', [...known, facts('a'), facts('b')], {}),
    ['citizens.ties', [TIE]],
    ['cases.finish', 'one'],
    ['cases.finish', 'two'],
  ]);
});

test('where nothing is concerned nobody is called, and the note is crossed out', async () => {
  const nothing = { gone: [], cases: [], facts: [], ties: [], withdrawal: { caseIds: [], by: 'one' } };
  for (const given of [{}, nothing]) {
    calls = [];
    await handOver(ports, { owner: ports.alerts, noted: ['one'], ...given });
    expect(calls).toEqual([['alerts.finish', 'one']]);
  }
});

test('nothing is withdrawn where nothing was hidden', async () => {
  const withdrawal = { caseIds: [], by: 'one' };
  await handOver(ports, { owner: ports.cases, noted: [], facts: [facts('a')], withdrawal });
  expect(calls).toEqual(toKeepers('caseFacts', [facts('a')], {}));
});

test('what was hidden is shown again, though no case has new facts', async () => {
  const withdrawal = { caseIds: ['a'], by: 'one' };
  await handOver(ports, { owner: ports.cases, noted: ['one'], withdrawal });
  expect(calls).toEqual([...toKeepers('caseFacts', [], { withdrawal }), ['cases.finish', 'one']]);
});

test('one keeper gets the facts alone, in the records that are named', async () => {
  await handOver(ports, {
    owner: ports.documents,
    noted: ['one'],
    cases: ['a'],
    to: ports.documents,
    only: ['d'],
  });
  expect(calls).toEqual([
    ['cases.factsOf', ['a']],
    ['documents.caseFacts', [facts('a')], { only: ['d'] }],
    ['documents.finish', 'one'],
  ]);
});
