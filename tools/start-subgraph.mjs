import { existsSync } from 'node:fs';
import { join } from 'node:path';

// `npm run start:subgraph -- NAME`: starts the built program of one subgraph.
const name = process.argv[2] ?? '';
const program = join(import.meta.dirname, '..', 'dist', 'programs', 'subgraphs', `${name}.js`);
if (!/^[a-z]+$/.test(name) || !existsSync(program)) {
  console.error('Name one subgraph: citizens, cases, documents, benefits, alerts, access or audit');
  process.exit(1);
}
await import(program);
