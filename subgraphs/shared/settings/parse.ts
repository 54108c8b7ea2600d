import type { z } from 'zod';
import { isOwnName, ownValue } from '../names/own-value.js';
import { settingOfFile, withFiles } from './from-files.js';
import { isMisspelt, nearestSetting } from './misspelt.js';
import { settingRule } from './setting-rule.js';

/**
 * Parses the environment once; a setting may stand in a file that `NAME_FILE` names.
 * @param shape schema of all settings the process knows
 * @param others settings of other programs, which may stand in the same environment
 * @throws SettingsError with every problem, by name and never by value
 */
export function parseSettings<T extends z.ZodRawShape>(
  shape: z.ZodObject<T>,
  environment: NodeJS.ProcessEnv,
  others: object = {},
): z.infer<z.ZodObject<T>> {
  const names = { ...others, ...shape.shape };
  const known = Object.keys(names);
  const unknown = Object.keys(environment).filter(
    (name) => settingOfFile(names, name) === undefined && isMisspelt(name, known),
  );
  const { values, problems: ofFiles } = withFiles(names, environment);
  const own = Object.entries(values).filter(([name, value]) => value !== '' && isOwnName(shape.shape, name));
  const given = Object.fromEntries(own);
  const parsed = shape.safeParse(given);
  const problems = [
    ...unknown.map((name) => `${name}: unknown setting${meant(name, known)}`),
    ...ofFiles,
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, given))),
  ];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new SettingsError(problems);
}

function meant(name: string, known: readonly string[]): string {
  const near = nearestSetting(name, known) ?? (name.startsWith('MONGO') ? 'MONGODB_URI' : undefined);
  return near === undefined ? '' : `; is ${near} meant?`;
}

function problemOf(issue: z.core.$ZodIssue, given: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0]);
  return `${name}: ${settingRule(issue, ownValue(given, name) !== undefined)}`;
}

/** All problems of the settings; values are left out, they may be secrets. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The settings have ${problems.length} problem(s):\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'SettingsError';
  }
}
