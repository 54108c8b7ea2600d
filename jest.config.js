import { NOT_OUTSIDE, OUTSIDE_STORE } from './tools/outside-store.mjs';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(OUTSIDE_STORE ? NOT_OUTSIDE.map(([path]) => `/${path}`) : []),
  ],
  globalTeardown: '<rootDir>/tools/outside-store-left.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  reporters: ['default', './tools/slowest-reporter.mjs'],
  testTimeout: 120_000,
  // Both cores of a small machine: a suite waits for its store and its programs about half of its time.
  maxWorkers: '100%',
  // Each worker holds a whole stack; recycle before it grows over what a 2-core machine spares.
  workerIdleMemoryLimit: '1200MB',
};
