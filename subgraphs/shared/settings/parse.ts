import type { z } from 'zod';
import { ownValue } from '../names/own-value.js';
import { settingRule } from './setting-rule.js';

/** Names that begin like a setting of ours but are none are most likely typing errors; they stop the start. */
const OUR_PREFIXES =
  /^(SUBGRAPH_|STORE_|AUDIT_|SEED_|INTERNAL_|TRUSTED_|TOKEN_|CURSOR_|SAML_|JUMP_|LINK_|OVERBLIK_(?!PROPERTY_RUNS))/;

/**
 * Parses the environment once. Lists every problem and exits 1 when there is any.
 * @param shape schema of all settings the process knows
 */
export function parseSettings<T extends z.ZodRawShape>(
  shape: z.ZodObject<T>,
  environment: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<T>> {
  const unknown = Object.keys(environment).filter(
    (name) => OUR_PREFIXES.test(name) && ownValue(shape.shape, name) === undefined,
  );
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = shape.safeParse(given);
  const problems = [
    ...unknown.map((name) => `${name}: unknown setting`),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, given))),
  ];
  if (problems.length === 0) return parsed.data!;
  throw new SettingsError(problems);
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
