import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Programs of Debian that tests run for real, and the packages that have them. */
const PROGRAMS = [
  { name: 'rabbitmq-server', path: '/usr/lib/rabbitmq/bin/rabbitmq-server' },
  { name: 'chromium', path: '/usr/bin/chromium' },
];

const missing = PROGRAMS.filter(({ path }) => !existsSync(path)).map(({ name }) => name);
if (missing.length > 0) {
  const install = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  try {
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  } catch {
    console.error(`The tests need ${missing.join(', ')}; install with: ${install}`);
    process.exit(1);
  }
}
