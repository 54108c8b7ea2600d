import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// `npm run package [-- FOLDER]`: one folder that starts with node alone, without a build, TypeScript or a registry: what was built, what
// is read while it runs, and the production packages of the lock file as they are installed here. Plain JavaScript, as tools/build.mjs.
const ROOT = join(import.meta.dirname, '..');
const TARGET = resolve(process.argv[2] ?? join(ROOT, 'package'));
/** Read by the programs while they run; found beside dist/. */
const READ = [
  'schema/subgraphs',
  'schema/operations',
  'schema/supergraph.graphql',
  'schema/supergraph.released.graphql',
  'seed/data',
  'docs/examples',
  'docs/operations.md',
  '.env.example',
  'NOTICE.md',
];
/** Programs an installation runs; `start` commands replace the shell, so that signals reach node. */
const COMMANDS = {
  start: 'gateway',
  'start:subgraph': 'subgraph',
  store: 'store',
  setup: 'setup',
  'store:check': 'check-store',
  'store:backup': 'backup-store',
  'store:restore': 'restore-store',
  'store:export': 'export-store',
  'store:import': 'import-store',
  keys: 'keys',
  'audit:verify': 'verify-audit',
  'audit:change-key': 'change-audit-key',
};

/** Places of the production packages in the lock file, `node_modules/…`; those of other platforms are not installed. */
function productionPackages() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([place, { dev, devOptional }]) => place !== '' && !dev && !devOptional)
    .map(([place]) => place)
    .filter((place) => existsSync(join(ROOT, place)));
}

function copyPackage(place) {
  const nested = join(ROOT, place, 'node_modules');
  cpSync(join(ROOT, place), join(TARGET, place), {
    recursive: true,
    // What lies inside a package has a line of its own in the lock file.
    filter: (path) => path !== nested && !path.endsWith('.map') && !/\.d\.[cm]?ts$/.test(path),
  });
}

function manifest() {
  const { name, version, license, type, engines, dependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const scripts = Object.fromEntries(
    Object.entries(COMMANDS).map(([command, program]) => [
      command,
      `exec node --enable-source-maps dist/programs/${program}.js`,
    ]),
  );
  return { name, version, license, private: true, type, engines, dependencies, scripts };
}

execFileSync(process.execPath, [join(ROOT, 'tools', 'build.mjs')], { stdio: 'inherit' });
rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
cpSync(join(ROOT, 'dist'), join(TARGET, 'dist'), {
  recursive: true,
  filter: (path) => !path.startsWith(join(ROOT, 'dist', 'tools')) && !path.endsWith('.stamp'),
});
for (const path of READ)
  if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(TARGET, path), { recursive: true });
for (const place of productionPackages()) copyPackage(place);
writeFileSync(join(TARGET, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
console.log(`Packaged in ${TARGET}`);
