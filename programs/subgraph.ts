import './env-file.js';
import './no-telemetry.js';
import { isSubgraphName, SUBGRAPH_NAMES } from '../schema/subgraph-names.js';
import { runSubgraphProcess } from './wiring/subgraph-process.js';

/** `npm run start:subgraph -- NAME`: one subgraph in a process of its own. */
const name = process.argv[2] ?? '';
if (isSubgraphName(name)) await runSubgraphProcess(name);
else {
  console.error(`Name one subgraph: ${SUBGRAPH_NAMES.join(', ')}`);
  process.exit(1);
}
