import { RECORD_RULES } from '../../subgraphs/shared/policy/rules.js';
import { ROLE_DEFINITIONS } from '../../subgraphs/shared/policy/permissions.js';
import { WIDER_RULES, type RuleWords } from '../../subgraphs/shared/policy/wider-rules.js';
import type { Scenario } from './scenarios.js';

const HEADINGS: Readonly<Record<Scenario['asks']['kind'], string>> = {
  case: 'Cases',
  document: 'Documents',
  benefit: 'Benefit grants',
  citizen: 'Citizens',
};

/** @returns docs/access-rules.md: the rules in their order, the roles, and every sentence of the scenario table. */
export function renderAccessRules(scenarios: readonly Scenario[]): string {
  const ordered: [string, RuleWords][] = Object.entries(RECORD_RULES);
  return [
    '# Access rules',
    '',
    'Rendered from the rule table (`subgraphs/shared/policy`) and the scenario table (`test/access/scenarios.json`), which is tested',
    'against the policy module, the owning subgraph and the gateway. `npm run docs:access` writes this page; a test holds it equal.',
    '',
    '## Rules for one record, in order',
    '',
    'For each of the caller’s roles and each service agreement the rules are asked from the top; a record is shown when one pair',
    'passes them all. Break-glass lifts the overridable ones for one person and a limited time, and no other.',
    '',
    '| Order | Code | Rule | Fact that decides | Break-glass | Shown to the caseworker |',
    '|---|---|---|---|---|---|',
    ...ordered.map(([order, rule]) => `| ${order} ${ruleRow(rule)}`),
    '',
    '## Wider rules',
    '',
    '| Code | Rule | Fact that decides | Break-glass | Shown to the caseworker |',
    '|---|---|---|---|---|',
    ...Object.values(WIDER_RULES).map((rule: RuleWords) => ruleRow(rule)),
    '',
    '## System roles and their constraints',
    '',
    '| System role | Compulsory | Optional |',
    '|---|---|---|',
    ...Object.entries(ROLE_DEFINITIONS).map(
      ([name, { compulsory, optional }]) => `| ${name} | ${compulsory.join(', ')} | ${optional.join(', ')} |`,
    ),
    '',
    '## Who gets what',
    '',
    'Unless it says otherwise: a caseworker of the benefit unit with rights to cases, documents and benefits in 32.24.* and 32.30.* up',
    'to confidential, and a confidential sickness-benefit record of the own municipality in KSD.',
    ...Object.entries(HEADINGS).flatMap(([kind, heading]) => [
      '',
      `### ${heading}`,
      '',
      '| Asks for | Gets |',
      '|---|---|',
      ...scenarios
        .filter((scenario) => scenario.asks.kind === kind)
        .map(({ says, gets }) => `| ${says} | ${gets === 'SHOWN' ? 'shown' : `refused: \`${gets}\``} |`),
    ]),
    '',
  ].join('\n');
}

function ruleRow({ code, shortName, fact, overridable, text }: RuleWords): string {
  return `| \`${code}\` | ${shortName} | ${fact} | ${overridable ? 'lifts' : 'never'} | ${text.da} |`;
}
