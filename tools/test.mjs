import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

// Runs Jest with what it needs for our modules, on every system alike. `--write-docs`: tests that hold a page equal to its source write it.
const args = process.argv.slice(2);
const NODE = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const child = spawn(process.execPath, [...NODE, jest, ...args.filter((arg) => arg !== '--write-docs')], {
  stdio: 'inherit',
  env: {
    ...process.env,
    APOLLO_TELEMETRY_DISABLED: 'true',
    ...(args.includes('--write-docs') && { OVERBLIK_WRITE_DOCS: '1' }),
  },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
