/** Set by tools/test.mjs from MONGODB_URI, so that nothing but the tests' kit takes it for its own. */
export const OUTSIDE_STORE = process.env.OVERBLIK_TEST_MONGODB_URI;

/** Suites that cannot run against an outside MONGODB_URI, by the beginning of their path, and why. */
export const NOT_OUTSIDE = [
  ['test/store/embedded/', 'the embedded server and its engine themselves'],
  ['test/store/backup.test.ts', 'the data folder of the embedded store is what is backed up'],
  ['test/store/simulation.test.ts', 'kills the store, fills its disk and damages its file'],
  ['test/store/export/', 'needs several empty stores, which it starts as processes of its own'],
  ['test/store/query-shapes.test.ts', 'counts what the embedded engine examines'],
  ['test/store/kills.test.ts', 'kills the embedded store in the middle of its work'],
  ['test/subgraphs/query-shapes.test.ts', 'counts what the embedded engine examines'],
  ['test/programs/starting.test.ts', 'starts programs on data folders that are wrong or full'],
  ['test/programs/setup/set-up.test.ts', 'several empty data folders'],
  ['test/programs/wiring/store-metrics.test.ts', 'figures of the embedded store'],
  ['test/e2e/start/', 'first starts, attaching and take-over on a data folder'],
  ['test/e2e/first-day/', 'a production installation on a data folder of its own'],
  ['test/e2e/log-key/', 'programs on a data folder of their own'],
  ['test/e2e/workers/', 'workers that attach to the embedded store of their first process'],
];
