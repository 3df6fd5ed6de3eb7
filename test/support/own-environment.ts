import { afterAll, vi } from 'vitest';

/**
 * For files that write to the environment of their process, or load functions, which read it when they are loaded: each
 * gets modules of its own, and leaves the environment as it was. What is loaded of packages stays, which is most of it.
 */
vi.resetModules();
const before = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
