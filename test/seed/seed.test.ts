import type { MappingContent } from '../../subgraphs/access/source/records.js';
import { describe, expect, test } from '@jest/globals';
import { CprNumbers } from '../../seed/cpr-numbers.js';
import { AUTHORITIES, UDK } from '../../seed/authorities.js';
import { SIGN_INS, mappings } from '../../seed/development/sign-ins.js';
import { SOURCE_SYSTEMS, agreements } from '../../seed/source-systems.js';
import { registerRecords } from '../../seed/registers.js';
import { referenceRecords } from '../../seed/reference.js';
import { STORIES } from '../../seed/stories/stories.js';
import { beginWorld, checkRecords, tellStories } from '../../seed/stories/tell.js';
import { generateFamilies } from '../../seed/world/generate.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import { voidReason } from '../../subgraphs/shared/policy/grants.js';
import {
  birthDateOfCpr,
  isReplacementNumber,
  satisfiesModulus11,
} from '../../subgraphs/shared/scalars/cpr.js';
import { isCvr } from '../../subgraphs/shared/scalars/cvr.js';

const SPEC = { seed: 'test', date: '2026-03-15' };
function world(citizens: number, spec = SPEC): FeedInput[] {
  const begun = beginWorld(spec);
  const stories = tellStories(begun.world, begun.numbers).flatMap((story) => story.records);
  return [...stories, ...[...generateFamilies(begun.world, citizens)].flatMap((family) => family.records)];
}
const persons = (records: readonly FeedInput[]) => records.filter((record) => record.type === 'person');

test('the same seed, date and size give the same world; another seed or date another', () => {
  expect(world(50)).toEqual(world(50));
  expect(world(50, { ...SPEC, seed: 'other' })).not.toEqual(world(50));
  expect(world(50, { ...SPEC, date: '2026-03-16' })).not.toEqual(world(50));
});

test('every personal number belongs to nobody: a valid date, failing modulus 11, not born on 1 January, unique', () => {
  const all = persons(world(2000));
  const numbers = all.flatMap((person) => [person.cpr, ...(person.formerCprs ?? [])]);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.filter((cpr) => satisfiesModulus11(cpr))).toEqual([]);
  expect(numbers.filter((cpr) => !/^\d{4}-(?!01-01)/.test(birthDateOfCpr(cpr) ?? ''))).toEqual([]);
  const ordinary = all.filter((person) => !isReplacementNumber(person.cpr));
  expect(ordinary.filter(({ cpr, birthDate }) => birthDateOfCpr(cpr) !== birthDate)).toEqual([]);
});

test('replacement numbers encode a birth year 2037 to 2057 and carry the birth date as its own field', () => {
  const replaced = persons(world(0)).filter((person) => isReplacementNumber(person.cpr));
  expect(replaced.length).toBeGreaterThan(0);
  for (const { cpr, birthDate } of replaced) {
    const encoded = Number(birthDateOfCpr(cpr)!.slice(0, 4));
    expect(encoded).toBeGreaterThanOrEqual(2037);
    expect(encoded).toBeLessThanOrEqual(2057);
    expect(birthDate < SPEC.date).toBe(true);
  }
});

test('numbers are issued with memory that does not grow with the persons', () => {
  const numbers = new CprNumbers();
  const issued = Array.from({ length: 500 }, () => numbers.issue('1984-06-07', 'FEMALE'));
  expect(new Set(issued).size).toBe(500);
  expect(() => numbers.issue('1984-01-01', 'MALE')).toThrow(/1 January/);
});

describe('the default world', () => {
  const records = world(2000 - STORIES.length);
  test('has 40,000 to 60,000 records on 2,000 citizens', () => {
    expect(persons(records).length).toBeGreaterThanOrEqual(2000);
    expect(persons(records).length).toBeLessThan(2010);
    expect(records.length).toBeGreaterThan(40_000);
    expect(records.length).toBeLessThan(60_000);
  });
  test('every record has the shape the write path takes, and every source system delivers', () => {
    const checked = checkRecords([...registerRecords(), ...records]);
    const sources = new Set(checked.map((record) => record.source));
    for (const { code } of SOURCE_SYSTEMS) expect(sources).toContain(code);
  });
  test('KLE numbers are real: each stands in the classification with a title', () => {
    const known = new Set<string>(referenceRecords().map((record) => record._id));
    const used = new Set(
      records.flatMap((record) =>
        'kle' in record
          ? [record.kle]
          : record.type === 'grant'
            ? record.benefits.map((benefit) => benefit.kle)
            : [],
      ),
    );
    expect([...used].filter((kle) => !known.has(`kle:${kle}`))).toEqual([]);
  });
});

test('stories: at least 25, each with a slug and a sentence, about people with surnames of their own', () => {
  expect(STORIES.length).toBeGreaterThanOrEqual(25);
  expect(new Set(STORIES.map((story) => story.slug)).size).toBe(STORIES.length);
  const generated = new Set(persons(world(500)).map((person) => person.name.split(' ').at(-1)));
  const begun = beginWorld(SPEC);
  const names = tellStories(begun.world, begun.numbers).map((story) =>
    story.directory.name.split(' ').at(-1)!,
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => [...generated].filter((other) => other === name).length > 1)).toEqual([]);
  expect(tellStories(beginWorld(SPEC).world, new CprNumbers())[0]!.directory.ties).toEqual([]);
});

test('municipalities’ numbers are test numbers that fail modulus 11; UDK’s is its own', () => {
  for (const { cvr } of AUTHORITIES) {
    expect(isCvr(cvr)).toBe(true);
    const weights = [2, 7, 6, 5, 4, 3, 2];
    const remainder = weights.reduce((sum, weight, i) => sum + weight * Number(cvr[i]), 0) % 11;
    expect(remainder === 0 ? 0 : 11 - remainder).not.toBe(Number(cvr[7]));
  }
  expect(isCvr(UDK)).toBe(true);
  for (const [text, valid] of [
    ['13748136', true],
    ['19435075', true],
    ['13748137', false],
    ['1374813', false],
  ] as const)
    expect(isCvr(text)).toBe(valid);
});

test('no seeded grant is void, the cash-benefit role names groups only, and every source has agreements', () => {
  const seeded = mappings().map((mapping) => ({ ...mapping, content: mapping.content as MappingContent }));
  for (const { cvr, content } of seeded)
    for (const grant of content.grants)
      expect([content.name, grant.role, voidReason({ cvr, ...grant })]).toEqual([
        content.name,
        grant.role,
        undefined,
      ]);
  const benefit = seeded.find((mapping) => mapping.key.includes('benefit-caseworker'))!.content;
  expect(benefit.grants.flatMap((grant) => grant.kle ?? [])).not.toContain('*');
  expect(agreements()).toHaveLength(AUTHORITIES.length * SOURCE_SYSTEMS.length);
  expect(SIGN_INS.map((signIn) => signIn.name)).toEqual([
    'benefit-caseworker',
    'citizen-service',
    'family-adviser',
    'vip-cleared',
    'alert-admin',
    'role-admin',
    'role-approver',
    'controller',
    'no-roles',
    'other-municipality',
  ]);
});
