import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type OperationDefinitionNode, parse } from 'graphql';
import { demandsOf } from '../../../gateway/answer/demands.js';
import { reviewAnswer } from '../../../gateway/answer/review.js';
import { readRules } from '../../../gateway/supergraph/rules.js';
import { readSchemaFile } from '../../../schema/sdl.js';
import type { SubgraphName } from '../../../schema/subgraph-names.js';
import { present } from '../../../subgraphs/shared/certain/present.js';
import type { Caller } from '../../../subgraphs/shared/identity/caller.js';
import type { Grant } from '../../../subgraphs/shared/policy/grants.js';
import type { SystemRole } from '../../../subgraphs/shared/policy/permissions.js';

const rules = readRules(readSchemaFile('supergraph.graphql'));
const constraints = { cvr: '12345678', kle: ['*'], sensitivity: 4 } as const;
const PLAIN: readonly SystemRole[] = ['citizen-read', 'remark-read'];

function callerOf(roles: readonly SystemRole[]): Caller {
  const grants = roles.map((role): Grant => {
    if (PLAIN.includes(role)) return { role, cvr: '12345678' };
    return role === 'alert-read' ? { role, cvr: '12345678', kle: ['*'] } : { role, ...constraints };
  });
  // cast: a review looks at grants alone
  return { grants } as unknown as Caller;
}

function operationOf(text: string) {
  const document = parse(text);
  // cast: each text begins with its operation
  return { document, operation: document.definitions[0] as OperationDefinitionNode };
}

const ASKED = operationOf(`
  query { citizen(id: "x") { id ...Lists } }
  fragment Lists on Citizen {
    cases { cases(first: 3) { edges { node { id title } } } }
    ... on Citizen { alerts { alerts(first: 3) { edges { node { id } } } } }
  }`);
const CASES = { cases: { edges: [{ node: { id: 'c', title: 't' } }] } };
const ALERTS = { alerts: { edges: [{ node: { id: 'a' } }] } };
const nobody: ReadonlySet<SubgraphName> = new Set();
const review = (data: unknown, roles: readonly SystemRole[], failed = nobody) =>
  reviewAnswer({ ...ASKED, data }, rules, callerOf(roles), failed);

describe('what an operation demands', () => {
  test('is what any of its fields demands, inside fragments too', () => {
    expect([...demandsOf(ASKED.document, ASKED.operation, rules)].sort()).toEqual(
      expect.arrayContaining(['alert-read', 'case-read', 'citizen-read']),
    );
  });

  test('is known apart for each operation of a document', () => {
    const document = parse('query A { citizen(id: "x") { id } } query B { me { subject } }');
    const [first, second] = document.definitions.map((definition) =>
      // cast: the document has nothing but operations
      demandsOf(document, definition as OperationDefinitionNode, rules),
    );
    expect(present(first, 'what A demands')).toContain('citizen-read');
    expect(present(second, 'what B demands')).not.toContain('citizen-read');
  });
});

describe('the second lock', () => {
  test('finds a value that the caller has no grant for, wherever a fragment asks for it', () => {
    const data = { citizen: { id: 'x', cases: null, alerts: ALERTS } };
    expect(review(data, ['citizen-read', 'case-read']).breaches).toEqual(['alert-read']);
  });

  test('looks through no answer of a caller who holds all that is demanded, while all subgraphs answer', () => {
    const looked = (): never => {
      throw new Error('looked at');
    };
    const untouched = new Proxy({}, { get: looked, has: looked, getOwnPropertyDescriptor: looked });
    const all = demandsOf(ASKED.document, ASKED.operation, rules);
    expect(all.length).toBeGreaterThan(2);
    expect(review(untouched, ['citizen-read', 'case-read', 'alert-read'])).toEqual({
      missing: [],
      breaches: [],
    });
    expect(() => review({ citizen: untouched }, ['citizen-read', 'case-read'])).toThrow('looked at');
  });

  test('still names what a dead subgraph left out for a caller who holds all', () => {
    const data = { citizen: { id: 'x', cases: null, alerts: ALERTS } };
    const failed = new Set<SubgraphName>(['cases']);
    expect(review(data, ['citizen-read', 'case-read', 'alert-read'], failed).missing).toEqual([
      { path: ['citizen', 'cases'], code: 'SECTION_UNAVAILABLE' },
    ]);
  });

  test('a caller without one of the demanded rights is found out by exactly the values that are there', () => {
    const roles = fc.subarray<SystemRole>(['citizen-read', 'case-read', 'alert-read']);
    const part = <T>(value: T) => fc.option(fc.constant(value));
    fc.assert(
      fc.property(roles, part(CASES), part(ALERTS), (held, cases, alerts) => {
        const found = review({ citizen: { id: 'x', cases, alerts } }, held).breaches;
        const wanted = [
          'citizen-read' as const,
          ...(cases ? ['case-read' as const] : []),
          ...(alerts ? ['alert-read' as const] : []),
        ].filter((permission) => !held.includes(permission));
        expect([...found].sort()).toEqual(wanted.sort());
      }),
    );
  });
});
