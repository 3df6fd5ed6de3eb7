import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    expect: { requireAssertions: true },
    // Two cores: one worker each; the suite must stay within three minutes there.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC' },
    globalSetup: 'test/support/keep-compiled.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['test/{unit,contract,infra}/**/*.test.ts'],
          // These leave nothing behind, so what takes longest, loading the same modules for each file, is done once a worker.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'integration', include: ['test/integration/**/*.test.ts'] } },
    ],
  },
});
