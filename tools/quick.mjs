import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

// What to run while working: types, lint, the rules of access, units, and one operation end to end. All at once, each reported when it is done.
const UNITS = [
  'test/access/(policy-property|case-rules|alert-administration)',
  'test/subgraphs/(shared|access|alerts)/',
  'test/gateway/(auth|http|jumps|limits|plugins|sessions|transport)/',
  // Those that start whole programs take as long as all others together: npm test has them.
  'test/programs/(env-file|log-lines|mode|settings|wiring)',
  'test/web/',
  'test/e2e/log/persons',
];
const bin = (program) => ['node_modules', program].join('/');
const CHECKS = {
  types: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'],
  'types of the page': [bin('typescript/bin/tsc'), '-p', 'web/tsconfig.json', '--noEmit'],
  lint: [bin('eslint/bin/eslint.js'), '.', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
  tests: ['tools/test.mjs', '--silent', ...UNITS],
};

const begun = performance.now();
const results = await Promise.all(Object.entries(CHECKS).map(([name, args]) => run(name, args)));
process.exit(results.every(Boolean) ? 0 : 1);

/** Runs one check and prints what it said when it failed. */
function run(name, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.once('exit', (code) => {
      const seconds = ((performance.now() - begun) / 1000).toFixed(0);
      process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)\n`);
      if (code !== 0) process.stdout.write(said);
      resolve(code === 0);
    });
  });
}
