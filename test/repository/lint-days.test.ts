import { describe, expect, test } from '@jest/globals';
import { lintText } from '../kit/lint-text.js';

const GIVEN = `declare const at: Date;
declare const text: string;
declare const maybe: string | undefined;
declare const list: readonly string[];
declare const days: number;
`;

const REPORTED = [
  'at.toISOString().slice(0, 10);',
  'at.toISOString().substring(0, 10);',
  'at.toISOString().slice(0, 7);',
  "at.toISOString().split('T');",
  'at.toJSON().slice(0, 10);',
  'at?.toISOString().slice(0, 10);',
  'text.slice(0, 10);',
  'maybe?.slice(0, 10);',
  'const LENGTH = 10; text.slice(0, LENGTH);',
  "text.slice(0, text.indexOf('T'));",
  'text.substr(0, 10);',
  "text.replace(/T.*/, '');",
  "text.replace(/T[\\d:.]+Z$/, '');",
  "text.split('T');",
  "const [day] = text.split('T');",
  'at.toDateString();',
  'at.toUTCString();',
  "at.toLocaleDateString('sv-SE');",
  "Intl.DateTimeFormat('sv-SE');",
  "new Intl.DateTimeFormat('sv-SE');",
  'const format = Intl.DateTimeFormat;',
  'at.getFullYear();',
  'at.getMonth();',
  'at.getDate();',
  'at.getDay();',
  'at.getHours();',
  'at.getMinutes();',
  "at['getDate']();",
  'at.getUTCDate();',
  'at.setDate(1);',
  'at.getTimezoneOffset();',
  'new Date(2026, 0, 1);',
  'new Date(at.getTime() + 86_400_000);',
  'new Date(at.getTime() - 24 * 3_600_000);',
  'new Date(at.getTime() + days * 24 * 60 * 60 * 1000);',
  'const DAY = 24 * 3_600_000; new Date(at.getTime() + days * DAY);',
  'const HOUR = 3_600_000; const WEEK = 7 * 24 * HOUR; new Date(at.getTime() + WEEK);',
  'declare const DAY_MS: number; Date.parse(text) + days * DAY_MS;',
  'let sum = at.getTime(); sum += 86_400_000;',
];

const NOT_REPORTED = [
  'at.toISOString();',
  "at.toISOString().replace('Z', '+00:00');",
  'at.getTime();',
  'list.slice(0, 10);',
  'text.slice(0, 20);',
  'text.slice(8, 10);',
  "text.split('-');",
  "text.replace(/T$/, '');",
  "text.replace(/Total.*/, '');",
  'new Date(text);',
  'new Date();',
  'new Date(at.getTime() + 3_600_000);',
  'new Date(at.getTime() + 10 * 60_000);',
  'const HOUR = 3_600_000; new Date(at.getTime() + 23 * HOUR);',
  'const AGE_MS = 24 * 3_600_000; void AGE_MS;',
  '(Date.parse(text) - Date.UTC(1900, 0, 1)) / 86_400_000;',
  'days + 0;',
  'new Intl.NumberFormat();',
];

describe('the lint rule on days', () => {
  const faultsOf = async (code: string, ...path: string[]) => {
    const messages = await lintText(`${GIVEN}${code}\n`, ...path);
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    return messages.filter(({ ruleId }) => ruleId === 'overblik/days').length;
  };
  const inCode = (code: string) => faultsOf(code, 'gateway', 'events', 'route.ts');

  test.each(REPORTED)('reports %s', async (code) => {
    expect(await inCode(code)).toBeGreaterThan(0);
  });
  test.each(NOT_REPORTED)('lets %s be', async (code) => {
    expect(await inCode(code)).toBe(0);
  });
  test('holds in the page too, and not in the folder that makes days', async () => {
    const code = 'at.toISOString().slice(0, 10);';
    expect(await faultsOf(code, 'web', 'parts', 'period.ts')).toBe(1);
    expect(await faultsOf(code, 'subgraphs', 'shared', 'days', 'calendar.ts')).toBe(0);
  });
});
