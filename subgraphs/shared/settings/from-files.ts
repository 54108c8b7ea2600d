import { readFileSync, statSync } from 'node:fs';
import { systemCode } from '../errors/system-code.js';
import { isOwnName, ownValue } from '../names/own-value.js';

const SUFFIX = '_FILE';
/** More than any secret needs. */
const MAX_BYTES = 1 << 20;

/** The settings of an environment, with those read that stand in files. */
export interface Given {
  readonly values: NodeJS.ProcessEnv;
  /** What is wrong with the files; never what they hold. */
  readonly problems: readonly string[];
}

/**
 * Reads each `NAME_FILE` of a known setting NAME: the setting is what the file holds, without its last line break.
 * @param names every known setting; one that ends in `_FILE` itself is no such word
 */
export function withFiles(names: object, environment: NodeJS.ProcessEnv): Given {
  const values = new Map<string, string | undefined>();
  const problems: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    const setting = settingOfFile(names, name);
    if (setting === undefined) values.set(name, values.get(name) ?? value);
    else if (value !== undefined && value !== '') {
      if (ownValue(environment, setting))
        problems.push(`${name}: ${setting} is set as well; keep one of them`);
      const read = readSecret(value);
      if ('text' in read) values.set(setting, read.text);
      else problems.push(`${name}: the file cannot be read (${read.why})`);
    }
  }
  return { values: Object.fromEntries(values), problems };
}

/** @returns the setting whose value stands in the file that `name` names; undefined for any other name */
export function settingOfFile(names: object, name: string): string | undefined {
  const setting =
    name.endsWith(SUFFIX) && !isOwnName(names, name) ? name.slice(0, -SUFFIX.length) : undefined;
  return setting !== undefined && isOwnName(names, setting) ? setting : undefined;
}

function readSecret(path: string): { readonly text: string } | { readonly why: string } {
  try {
    if (statSync(path).size > MAX_BYTES) return { why: 'too large' };
    return { text: readFileSync(path, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    return { why: systemCode(error) ?? 'unknown' };
  }
}
