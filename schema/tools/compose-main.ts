import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_DIRECTORY } from '../sdl.js';
import { composeSupergraph } from './compose.js';

/** `npm run schema:compose`: writes schema/supergraph.graphql, which a test holds equal to its sources. */
writeFileSync(join(SCHEMA_DIRECTORY, 'supergraph.graphql'), composeSupergraph());
