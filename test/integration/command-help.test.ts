import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditCommand } from '../../infra/cli/audit-command.ts';
import { evaluateCommand } from '../../infra/cli/evaluate-command.ts';
import type { Output } from '../../infra/cli/output.ts';
import { partnerCommand } from '../../infra/cli/partner-command.ts';
import { policyCommand } from '../../infra/cli/policy-command.ts';
import { tokenCommand } from '../../infra/cli/token-command.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { type CommandResult, commandHere, spawnedCommand } from '../support/commands.ts';

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

/** Those that can be run without a process of their own. */
const here: Readonly<Record<string, (args: readonly string[], output: Output) => Promise<unknown>>> = {
  audit: (args, output) => auditCommand(args, environment, output),
  evaluate: (args, { log }) =>
    evaluateCommand(args, environment, { log, input: () => '', columns: 80, colors: createColors(false) }),
  partner: (args, output) => partnerCommand(args, environment, output),
  policy: (args, output) => policyCommand(args, environment, output),
  token: async (args, { log }) => log(await tokenCommand(args)),
};

function run(file: string, args: readonly string[]): Promise<CommandResult> {
  const command = here[file];
  if (command === undefined) return spawnedCommand(file, args, { environment, folder });
  return commandHere((output) => command(args, output));
}

describe.each(tools)('npm run %s', (tool, file) => {
  it('refuses an option that it does not have in one line, and does nothing', async () => {
    const before = written();
    const { code, stdout, stderr } = await run(file, ['--hepl']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`Unknown option '--hepl'. See npm run ${tool} -- --help\n`);
    expect(written()).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });
});

// Of the others, `--hepl` has shown that they read their options before anything else.
const asked = tools.filter(
  ([, file]) => file in here || ['build', 'cost', 'sbom', 'write-openapi'].includes(file),
);

describe.each(asked)('npm run %s', (tool, file) => {
  it('says how it is called when it is asked, and does nothing', async () => {
    const before = written();
    const { code, stdout, stderr } = await run(file, ['--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^Usage: npm run (-s )?${tool}\\b`));
    expect(written()).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });
});
