import { describe, expect, test } from '@jest/globals';
import { lintText } from '../kit/lint-text.js';

const GIVEN = `export {};
declare const name: string;
declare const maybe: string | undefined;
declare const known: 'a' | 'b';
declare const number: number;
declare const anything: unknown;
declare const texts: Readonly<Record<string, string>>;
declare const row: { readonly a: string; readonly b: string };
declare const list: readonly string[];
declare const bytes: Buffer;
declare const text: string;
const ROLES = { a: 1, b: 2 } as const;
type Role = keyof typeof ROLES;
`;

const REPORTED = [
  'void texts[name];',
  'void texts[name]?.length;',
  'void texts[name.toLowerCase()];',
  'void texts[`x${name}`];',
  'void ROLES[name as Role];',
  'void ROLES[name as keyof typeof ROLES];',
  'void ROLES[maybe! as Role];',
  'void (row as Readonly<Record<string, unknown>>)[name];',
  "const counts: Record<string, number> = {}; counts[name] = 1; void counts['a'];",
  'function at<K extends string>(key: K): unknown { return (texts as Record<K, string>)[key]; } void at;',
  'void (name in ROLES);',
  'void (name in texts);',
  'void (String(anything) in row);',
  'const { [name]: value } = texts; void value;',
  'const { [name as Role]: value } = ROLES; void value;',
  'const found = Object.hasOwn(texts, name) ? texts[name] : undefined; void found;',
];

const NOT_REPORTED = [
  'void ROLES[known];',
  "void texts['a'];",
  'void texts.a;',
  'void list[number];',
  'void list[number - 1]?.length;',
  'void bytes[number];',
  'void text[number];',
  'for (const role of Object.keys(ROLES).filter((one): one is Role => one.length > 0)) void ROLES[role];',
  'function of<K extends Role>(key: K): unknown { return ROLES[key]; } void of;',
  "void ('a' in row);",
  'void ({ [name]: 1 });',
  'const { a } = texts; void a;',
  'void list[Symbol.iterator];',
  'class One { #two = 1; static is(one: object): boolean { return #two in one; } } void One;',
  'void new Map<string, string>().get(name);',
];

describe('the lint rule on names that are any text', () => {
  const faultsOf = async (code: string, ...path: string[]) => {
    const messages = await lintText(`${GIVEN}${code}\n`, ...path);
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    return messages.filter(({ ruleId }) => ruleId === 'overblik/own-names').length;
  };
  const inCode = (code: string) => faultsOf(code, 'gateway', 'events', 'route.ts');

  test.each(REPORTED)('reports %s', async (code) => {
    expect(await inCode(code)).toBeGreaterThan(0);
  });
  test.each(NOT_REPORTED)('lets %s be', async (code) => {
    expect(await inCode(code)).toBe(0);
  });
  test('holds in the page and the store too, and not in the helper that proves a name', async () => {
    const code = 'void texts[name];';
    expect(await faultsOf(code, 'web', 'parts', 'period.ts')).toBe(1);
    expect(await faultsOf(code, 'store', 'embedded', 'update.ts')).toBe(1);
    expect(await faultsOf(code, 'subgraphs', 'shared', 'names', 'own-value.ts')).toBe(0);
  });
});
