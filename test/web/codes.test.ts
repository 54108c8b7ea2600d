import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERMISSION_ROLES, SYSTEM_ROLES } from '../../subgraphs/shared/policy/permissions.js';
import { RECORD_RULES } from '../../subgraphs/shared/policy/rules.js';
import { WIDER_RULES } from '../../subgraphs/shared/policy/wider-rules.js';
import { CODE_NAMES, codeName } from '../../web/text/codes.js';

const ROOT = join(import.meta.dirname, '..', '..');
const unionOf = (file: string, type: string): string[] => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const union = text.slice(text.indexOf(`export type ${type}`)).split(';')[0]!;
  return [...union.matchAll(/'([\w-]+)'/g)].map(([, name]) => name!);
};

const ALL = {
  roles: [...SYSTEM_ROLES, ...Object.keys(PERMISSION_ROLES).filter((name) => name !== 'gateway-internal')],
  events: unionOf('subgraphs/shared/audit/entry.ts', 'AuditEvent'),
  rules: [...Object.values(RECORD_RULES), ...Object.values(WIDER_RULES)].map(({ code }) => code),
  alarms: unionOf('subgraphs/shared/identity/caller.ts', 'WatchReason'),
};

test.each(Object.entries(ALL))('every code among %s has a name in both languages', (kind, codes) => {
  expect(codes.length).toBeGreaterThan(3);
  const names = Object.keys(CODE_NAMES[kind as keyof typeof ALL]);
  expect(codes.filter((code) => !names.includes(code))).toEqual([]);
});

test('a code without a name, or named like a member of every object, stays as it is', () => {
  expect(codeName('roles', 'case-read', 'da')).toBe('Se sager');
  expect(codeName('roles', 'case-read', 'en')).toBe('See cases');
  for (const code of ['unheard-of', 'constructor', 'toString'])
    expect(codeName('rules', code, 'da')).toBe(code);
});
