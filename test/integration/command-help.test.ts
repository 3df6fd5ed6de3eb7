import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { spawnedCommand } from '../support/commands.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Every tool of `infra/cli`: what npm runs of it, by the name it is called by. */
const tools = Object.entries(packageJson.scripts).flatMap(([name, script]): [string, string][] => {
  const file = /^node infra\/cli\/(\S+)\.ts$/.exec(script)?.[1];
  return file === undefined ? [] : [[name, file]];
});

/** Tools that have an option to be told of, or a command, work on what the environment names: here nothing answers. */
const environment = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-help-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the tools write that is not asked where to. */
const written = () =>
  ['docs/costs.md', 'openapi.json']
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .concat(existsSync(join(root, 'dist')) ? globSync('dist/**', { cwd: root }).sort() : []);

it('knows every tool there is', () => {
  const files = new Set(tools.map(([, file]) => file));
  // The others are parts of these: none runs by being loaded.
  const runs = globSync('infra/cli/*.ts', { cwd: root }).filter((file) =>
    /^await run/m.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(new Set(runs.map((file) => basename(file, '.ts')))).toEqual(files);
});

describe.each(tools)('npm run %s', (tool, file) => {
  it('says how it is called when it is asked, and does nothing', async () => {
    const before = written();
    const { code, stdout, stderr } = await spawnedCommand(file, ['--help'], { environment, folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^Usage: npm run (-s )?${tool}\\b`));
    expect(written()).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses an option that it does not have in one line, and does nothing', async () => {
    const before = written();
    const { code, stdout, stderr } = await spawnedCommand(file, ['--hepl'], { environment, folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`Unknown option '--hepl'. See npm run ${tool} -- --help\n`);
    expect(written()).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });
});
