import fs from 'node:fs';
import { join } from 'node:path';
// The registry at hand may lack binaries of other platforms; npm then leaves them out of the lock file, and `npm ci` refuses it.
// This adds what a full registry would have given: run it after every `npm install`.
const path = join(import.meta.dirname, '..', 'package-lock.json');
const lock = JSON.parse(fs.readFileSync(path, 'utf8'));
const OS = [
  'darwin',
  'linux',
  'win32',
  'android',
  'freebsd',
  'openharmony',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
];
const CPU = [
  ['arm64', 'arm64'],
  ['aarch64', 'arm64'],
  ['armv7', 'arm'],
  ['arm-', 'arm'],
  ['gnueabihf', 'arm'],
  ['arm', 'arm'],
  ['x64', 'x64'],
  ['ia32', 'ia32'],
  ['ppc64', 'ppc64'],
  ['s390x', 's390x'],
  ['riscv64', 'riscv64'],
  ['loong64', 'loong64'],
  ['wasm32', 'wasm32'],
];
const added = [];
for (const [place, pkg] of Object.entries({ ...lock.packages })) {
  for (const [name, spec] of Object.entries(pkg.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${place}/node_modules/${name}`]) continue;
    const version = spec.replace(/^[\^~]/, '');
    const tail = name.split('/').pop();
    const os = OS.find((name) => tail.includes(name));
    const cpu = CPU.find(([mark]) => tail.includes(mark))?.[1];
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(pkg.dev && { dev: true }),
      optional: true,
      ...(os && { os: [os] }),
    };
    added.push(`${name}@${version} ${os} ${cpu}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
fs.writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} added`);
