import { runSubgraphProcess } from '../../composition/subgraph-process.js';

/** `npm run start:subgraph -- benefits`: this subgraph in a process of its own. */
await runSubgraphProcess('benefits');
