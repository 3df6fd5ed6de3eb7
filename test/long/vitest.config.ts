import { defineConfig } from 'vitest/config';

/** The checks that take minutes: `npm run check:long`. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.long.ts'],
    expect: { requireAssertions: true },
    maxWorkers: 1,
    env: { TZ: 'UTC' },
  },
});
