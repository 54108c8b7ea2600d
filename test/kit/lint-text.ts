import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..', '..');
const CONFIG = join(ROOT, 'tsconfig.json');
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(CONFIG, (path) => ts.sys.readFile(path)).config,
  ts.sys,
  ROOT,
);
const host = ts.createCompilerHost(options);
const read = new Map<string, ts.SourceFile | undefined>();

/** @returns the types of a text and of what it imports; libraries are read once, the rest of the repository not at all. */
function programOf(path: string, text: string): ts.Program {
  const ours = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (name, target) => {
    if (name === path) return ours;
    if (!read.has(name)) read.set(name, host.getSourceFile(name, target));
    return read.get(name);
  };
  return ts.createProgram({ rootNames: [path], options, host: { ...host, getSourceFile } });
}

/**
 * Lints a text by the repository's own rules, as if it stood in the given file.
 * @param path the file's folders and name, from the repository's root
 * @returns what the rules report; a text that cannot be read is a message with `fatal`
 */
export async function lintText(text: string, ...path: readonly string[]): Promise<Linter.LintMessage[]> {
  const filePath = join(ROOT, ...path);
  const parserOptions = { projectService: false, programs: [programOf(filePath, text)] };
  const eslint = new ESLint({ cwd: ROOT, overrideConfig: { languageOptions: { parserOptions } } });
  const [result] = await eslint.lintText(text, { filePath });
  return result!.messages;
}
