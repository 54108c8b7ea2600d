import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { brokenRule } from '../../subgraphs/shared/errors/issue-words.js';
import { systemCode } from '../../subgraphs/shared/errors/system-code.js';
import { type Fault, SetupFaults } from './fault.js';
import { type SetupFile, setupShape } from './file-shape.js';

const MAX_BYTES = 8 << 20;

/**
 * Reads a set-up file: JSON, or YAML when its name ends so.
 * @throws SetupFaults with every field that has not the shape
 */
export function readSetupFile(path: string): SetupFile {
  const parsed = setupShape.safeParse(valueOf(path));
  if (parsed.success) return parsed.data;
  throw new SetupFaults(parsed.error.issues.flatMap(faultsOf));
}

function valueOf(path: string): unknown {
  const fault = (rule: string) => new SetupFaults([{ path: '', rule }]);
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) throw fault('at most 8 MB');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof SetupFaults) throw error;
    throw fault(`cannot be read (${systemCode(error) ?? 'unknown'})`);
  }
  const isYaml = /\.ya?ml$/.test(path);
  try {
    // Without aliases a small text stays a small value.
    return isYaml ? parse(text, { maxAliasCount: 0, prettyErrors: false }) : JSON.parse(text);
  } catch {
    throw fault(isYaml ? 'YAML without aliases' : 'JSON, or YAML in a file that ends in .yaml');
  }
}

type Issue = Parameters<typeof brokenRule>[0];

/** One fault for each field; of fields that do not exist, one for each name. */
function faultsOf(issue: Issue & { readonly keys?: readonly string[] }): Fault[] {
  const { field, rule } = brokenRule(issue);
  if (issue.code !== 'unrecognized_keys') return [{ path: field, rule }];
  return (issue.keys ?? []).map((key) => ({
    path: field === '' ? key : `${field}.${key}`,
    rule: 'not a field of the file',
  }));
}
