import { availableParallelism } from 'node:os';

/** Tests run as native ES modules (node --experimental-vm-modules); @swc/jest only strips the types. */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  // The built client is a package of the same name as this repository.
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', decorators: false }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
};

/** @type {import('jest').Config} */
export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      // Recipes and sample apps name the package, as apps do.
      moduleNameMapper: { '^salesforce-interop[-/]client$': '<rootDir>/src/client/index.ts' },
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/e2e/', '<rootDir>/test/contract/'],
    },
    { ...shared, displayName: 'contract', testMatch: ['<rootDir>/test/contract/**/*.test.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
  // The orgs and desks of the tests live in a process for each worker.
  globalSetup: '<rootDir>/test/support/host/setup.mjs',
  globalTeardown: '<rootDir>/test/support/host/teardown.mjs',
  testTimeout: 60_000,
  // No test may continue another's state. `npm test` gives one seed, jest by itself another each time; `--seed` repeats
  // an order.
  randomize: true,
  // Much of a test file's time is waiting for processes and pages: three files at a time also where there are two cores.
  maxWorkers: Math.max(3, availableParallelism() - 1),
};
