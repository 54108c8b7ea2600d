import { openStore } from '../../../dist/store/open.js';
/**
 * Opens the store of a data directory as the gateway does and writes to it, one record after the other, until its input ends. Says a
 * line for each record: `kept N`, or `failed` as long as nobody takes it.
 */
const store = await openStore(
  {
    mongodbUri: undefined,
    dataDir: process.argv[2],
    storeMaxMb: 64,
    production: false,
    allowEmbeddedInProduction: false,
  },
  (error) => console.error(error.message),
);
let going = true;
process.stdin.on('end', () => (going = false)).resume();
const rows = store.database('t').collection('rows');
for (let next = await rows.countDocuments(); going;) {
  const kept = await rows.insertOne({ _id: next }).then(
    () => true,
    // The answer was lost on its way, the record was not.
    (error) => error.code === 11000,
  );
  console.log(kept ? `kept ${next++}` : 'failed');
}
await store.close();
