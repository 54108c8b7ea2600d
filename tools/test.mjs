import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

// Runs Jest with what it needs for our modules, on every system alike. `--write-docs`: tests that hold a page equal to its source write it.
const args = process.argv.slice(2);
const NODE = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { MONGODB_URI: outside, ...environment } = process.env;
const child = spawn(process.execPath, [...NODE, jest, ...args.filter((arg) => arg !== '--write-docs')], {
  stdio: 'inherit',
  env: {
    ...environment,
    // Databases of this run alone bear its number: they are gone at its end.
    ...(outside && {
      OVERBLIK_TEST_MONGODB_URI: outside,
      OVERBLIK_TEST_RUN: randomBytes(4).toString('hex'),
    }),
    APOLLO_TELEMETRY_DISABLED: 'true',
    ...(args.includes('--write-docs') && { OVERBLIK_WRITE_DOCS: '1' }),
  },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
