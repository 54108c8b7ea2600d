import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SCHEMA_DIRECTORY, readSchemaFile } from '../sdl.js';
import { breaksBetween } from './breaking.js';

/**
 * `npm run schema:release [-- --adr NNN]`: makes the current supergraph the released one. A break demands an ADR that
 * quotes it.
 */
const { values } = parseArgs({ options: { adr: { type: 'string' } } });
const current = readSchemaFile('supergraph.graphql');
const released = existsSync(join(SCHEMA_DIRECTORY, 'supergraph.released.graphql'))
  ? readSchemaFile('supergraph.released.graphql')
  : current;
const breaks = breaksBetween(released, current);
const decisions = join(SCHEMA_DIRECTORY, '..', 'docs', 'decisions');
const file = values.adr && readdirSync(decisions).find((name) => name.startsWith(`${values.adr}-`));
const decision = file ? readFileSync(join(decisions, file), 'utf8') : '';
const undecided = breaks.filter((sentence) => !decision.includes(sentence));
if (undecided.length > 0) {
  console.error(
    `These breaks stand in no decision (name one with --adr NNN that quotes them):\n${undecided.map((line) => `  - ${line}`).join('\n')}`,
  );
  process.exit(1);
}
writeFileSync(join(SCHEMA_DIRECTORY, 'supergraph.released.graphql'), current);
