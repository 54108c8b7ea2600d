import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../present.js';
import { releaseMemory } from '../release-memory.js';
import { type EmbeddedServerOptions, startEmbeddedServer } from './server.js';
import type { FromThread, ToThread } from './start-thread.js';

// The embedded store on a thread of its own: started by start-thread.ts, which says where its data lies.
const port = present(parentPort, 'the port of a thread');
const tell = (message: FromThread): void => port.postMessage(message);
const server = await startEmbeddedServer({
  // cast: start-thread.ts gives them
  ...(workerData as Omit<EmbeddedServerOptions, 'onError' | 'onSlow'>),
  onError: ({ message }) => tell({ failure: message }),
  onSlow: (slow) => tell({ slow }),
});
port.on('message', (message: ToThread) => {
  if (message === 'release-memory') releaseMemory();
  // With nothing left to listen to the thread ends.
  else void server.close().then(() => port.close());
});
tell({ listening: true, broughtOver: server.broughtOver });
