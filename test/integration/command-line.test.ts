import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import colors from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateCommand } from '../../infra/cli/evaluate-command.ts';
import { policyCommand } from '../../infra/cli/policy-command.ts';
import { evaluation } from '../../shared/contract/evaluation/response.ts';
import { packDigest } from '../../shared/domain/policy/digest.ts';
import { type CommandResult, commandHere, spawnedCommand } from '../support/commands.ts';
import { startTestDynamoDb } from '../support/dynamodb.ts';
import { samplePackOf } from '../support/sample-pack.ts';
import { writeSamplePolicies } from '../support/sample-policies.ts';

const before = process.cwd();
let folder: string;
let policies: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-line-'));
  policies = join(folder, 'policies');
  await writeSamplePolicies(policies, [samplePackOf(2020), samplePackOf(2021)]);
  // Files are named by the way from where a command is called.
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true });
});

/** As npm runs it. */
function spawnedEvaluate(options: readonly string[], environment?: Record<string, string>) {
  return spawnedCommand('evaluate', ['--policies', policies, ...options], {
    folder,
    environment: { DEFAULT_POLICY: 'sample-city', ...environment },
    input: resident,
  });
}

function evaluate(options: readonly string[], input = ''): Promise<CommandResult> {
  const terminal = { input: () => input, columns: 120, colors: colors.createColors(false) };
  const environment = { DEFAULT_POLICY: 'sample-city' };
  return commandHere(({ log }) =>
    evaluateCommand(['--policies', policies, ...options], environment, { ...terminal, log }),
  );
}

const resident = '{ "permit": { "status": "valid", "areaCode": "510107" } }';

describe('npm run evaluate', () => {
  it('prints a table without colours where nobody looks at a terminal', async () => {
    const { code, stdout, stderr } = await spawnedEvaluate(['--as-of', '2021-06-01', '--lang', 'en']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/│ Legal aid +│ ✓ eligible +│/);
    expect(stdout).toContain('Policy sample-city 2021-01-01, as of 2021-06-01');
    expect(stdout).not.toContain('\u001b');
  });

  it('has colours when asked for, and none when asked not to', async () => {
    const options = ['--as-of', '2021-06-01'];
    const coloured = await spawnedEvaluate(options, { FORCE_COLOR: '1' });
    expect(coloured.stdout).toContain('\u001b[32m✓ 可以享受');
    const plain = await spawnedEvaluate(options, { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect(plain.stdout).not.toContain('\u001b');
  });

  it('gives machines the answer of the API', async () => {
    const { stdout } = await evaluate(['--as-of', '2021-06-01', '--json'], resident);
    const { policy, services } = evaluation.parse(JSON.parse(stdout));
    expect(policy.digest).toBe(packDigest(samplePackOf(2021)));
    expect(services[0]?.conditions).toHaveLength(1);
  });

  it('takes a whole body from a file, and the command line before it', async () => {
    const file = join(folder, 'body.json');
    await writeFile(file, JSON.stringify({ asOf: '2020-06-01', resident: {} }));
    const asWritten = await evaluate(['--json', file]);
    expect(JSON.parse(asWritten.stdout)).toMatchObject({ asOf: '2020-06-01' });
    const overridden = await evaluate(['--json', '--as-of', '2021-06-01', file]);
    expect(JSON.parse(overridden.stdout)).toMatchObject({ asOf: '2021-06-01' });
  });

  it.each([
    ['broken JSON', '{\n "a": }', /^stdin:2:7 This is not valid JSON\.$/],
    [
      'a day that does not exist',
      '{\n "birthDate": "2024-02-30" }',
      /^stdin:2:15 \/birthDate This must be a date/,
    ],
    [
      'a contradiction',
      '{ "birthDate": "2030-01-01" }',
      /^stdin:1:16 \/birthDate the date of birth lies after asOf$/,
    ],
    [
      'a body with another fault',
      '{ "resident": {}, "asOf": "1950-01-01" }',
      /^stdin:1:27 \/asOf The first version of policy/,
    ],
  ])('names the place of %s in one line', async (_, input, line) => {
    const { code, stdout, stderr } = await evaluate(
      ['--lang', 'en', ...(input.includes('asOf') ? [] : ['--as-of', '2021-06-01'])],
      input,
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim()).toMatch(line);
  });

  it.each([
    [['--as-of', '1950-01-01'], /^--as-of 1950-01-01: The first version of policy/],
    [['--as-of', '2021-06-01', '--service', 'a.b'], /^--service a\.b: There is no service/],
  ])('names the option where the fault is in %j', async (options, line) => {
    const { code, stderr } = await evaluate(['--lang', 'en', ...options], '{ "birthDate": "1940-01-01" }');
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(line);
  });

  it('says in one line that a file is not there, or an option unknown', async () => {
    const missing = await evaluate(['nowhere.json']);
    expect([missing.code, missing.stderr]).toEqual([1, 'nowhere.json cannot be read: ENOENT\n']);
    const unknown = await evaluate(['--explian']);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toMatch(/^[^\n]*--explian[^\n]*\n$/);
  });
});

describe('npm run policy', () => {
  const pack = (version: string) => join('policies/sample-city', `${version}.yaml`);

  function policy(args: readonly string[], environment: Record<string, string> = {}): Promise<CommandResult> {
    return commandHere((output) => policyCommand(args, environment, output));
  }

  it('check finds nothing against a good pack', async () => {
    await expect(spawnedCommand('policy', ['check', pack('2020-01-01')], { folder })).resolves.toMatchObject({
      code: 0,
      stdout: '1 pack: no fault found\n',
    });
  });

  it('check names the place of each fault, also when it is given the cases', async () => {
    const file = join(policies, 'sample-city/2021-01-01.cases.yaml');
    const good = await readFile(file, 'utf8');
    await writeFile(file, good.replace('"legal.aid": "eligible"', '"legal.aid": "undetermined"'));
    for (const given of [pack('2021-01-01'), pack('2021-01-01').replace('.yaml', '.cases.yaml')]) {
      const { code, stderr } = await policy(['check', given]);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^policies\/sample-city\/2021-01-01\.cases\.yaml:\d+:\d+ a valid permit[^\n]*\n$/,
      );
    }
    await writeFile(file, good);
  });

  it('check says what is no pack', async () => {
    const { code, stderr } = await policy(['check', 'policies/sample-city/1999.yaml']);
    expect(code).toBe(1);
    expect(stderr).toContain('1999.yaml is not a pack');
    const nowhere = await policy(['check', 'nowhere/sample-city/1999.yaml']);
    expect([nowhere.code, nowhere.stderr]).toEqual([
      1,
      expect.stringMatching(/^[^\n]*1999\.yaml is not a pack[^\n]*\n$/),
    ]);
  });

  it('digest prints the digest a version is published under', async () => {
    const { stdout } = await policy(['digest', pack('2020-01-01')]);
    expect(stdout).toBe(`${packDigest(samplePackOf(2020))}  ${pack('2020-01-01')}\n`);
  });

  it('publish and show speak to the store', async () => {
    const dynamoDb = await startTestDynamoDb();
    try {
      const environment = { DYNAMODB_ENDPOINT: dynamoDb.endpoint };
      await expect(policy(['show'], environment)).resolves.toMatchObject({
        stdout: 'Nothing is published.\n',
      });
      const files = [pack('2020-01-01'), pack('2021-01-01')];
      const first = await policy(['publish', files[0] ?? ''], environment);
      expect([first.code, first.stdout]).toEqual([0, 'published  sample-city 2020-01-01\n']);
      const second = await policy(['publish', ...files], environment);
      expect(second.stdout).toBe(
        'published  sample-city 2021-01-01\nthere already  sample-city 2020-01-01\n',
      );
      const shown = await policy(['show', 'sample-city'], environment);
      expect(shown.stdout).toContain(`2021-01-01  in force 2021-01-01 to 2021-12-31`);
      const version = await policy(['show', 'sample-city', '2020-01-01'], environment);
      expect(JSON.parse(version.stdout)).toEqual(samplePackOf(2020));
    } finally {
      await dynamoDb.stop();
    }
  });

  it('publish and show work on the database of this machine, where neither DynamoDB nor table is named', async () => {
    const here = ['--data', join(folder, 'data')];
    const published = await policy(['publish', pack('2020-01-01'), ...here]);
    expect([published.code, published.stdout]).toEqual([
      0,
      'published  sample-city 2020-01-01\nThat was on this machine: where POLICIES_TABLE is set, it is on AWS.\n',
    ]);
    const shown = await policy(['show', 'sample-city', ...here]);
    expect(shown.stdout).toContain('2020-01-01  in force 2020-01-01 to');
    const nowhere = await policy(['show', 'nowhere', ...here]);
    expect([nowhere.code, nowhere.stderr]).toEqual([1, 'No policy nowhere is published.\n']);
  });

  it('publish opens no database for what is no pack', async () => {
    const endpoint = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' };
    const { code, stderr } = await policy(['publish', 'policies/sample-city/1999.yaml'], endpoint);
    expect([code, stderr]).toEqual([1, expect.stringContaining('1999.yaml is not a pack')]);
  });
});
