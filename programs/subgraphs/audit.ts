import { runSubgraphProcess } from '../wiring/subgraph-process.js';

/** `npm run start:subgraph -- audit`: this subgraph in a process of its own. */
await runSubgraphProcess('audit');
