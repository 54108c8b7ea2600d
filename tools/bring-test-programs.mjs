import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Programs of Debian that tests run for real, the packages that have them, and what does as well, if more slowly. */
const PROGRAMS = [
  { name: 'rabbitmq-server', path: '/usr/lib/rabbitmq/bin/rabbitmq-server' },
  { name: 'chromium', path: '/usr/bin/chromium' },
  {
    name: 'chromium-headless-shell',
    path: '/usr/bin/chromium-headless-shell',
    instead: '/usr/bin/chromium',
  },
];

const missing = PROGRAMS.filter(({ path }) => !existsSync(path));
if (missing.length > 0) {
  const names = missing.map(({ name }) => name);
  const install = `apt-get install --no-install-recommends ${names.join(' ')}`;
  try {
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
  } catch {
    console.error(`The tests need ${names.join(', ')}; install with: ${install}`);
    if (missing.some(({ instead }) => instead === undefined || !existsSync(instead))) process.exit(1);
  }
}
