import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/support/slowest-first.ts';

/** These write to the environment of their process, or load functions, which read it when they are loaded. */
const ofTheEnvironment = [
  'authorizer-bundle',
  'bad-credentials',
  'counter-while-anchored',
  'door-hygiene',
  'doors',
  'faults',
  'import-function',
  'local-gateway-authorizer',
  'object-swap',
  'product-under-faults',
  'registry-function',
].map((name) => `test/integration/${name}.test.ts`);

export default defineConfig({
  test: {
    expect: { requireAssertions: true },
    // Two cores, and one worker more, for tests that wait: the suite must stay within three minutes there.
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC' },
    globalSetup: ['test/support/keep-compiled.ts', 'test/support/build-bundles.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['test/{unit,contract,infra}/**/*.test.ts'],
          // These leave nothing behind, so what takes longest, loading the same modules for each file, is done once a worker.
          isolate: false,
          // A tenth less to do than in processes, which those need that start and stop servers.
          pool: 'threads',
          // These never wait, and a worker more would load everything once more. Another number of workers needs a group of its own.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ofTheEnvironment,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'environment',
          include: ofTheEnvironment,
          isolate: false,
          setupFiles: 'test/support/own-environment.ts',
        },
      },
    ],
  },
});
