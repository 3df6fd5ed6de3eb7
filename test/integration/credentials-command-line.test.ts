import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partnerCommand } from '../../infra/cli/partner-command.ts';
import { tokenCommand } from '../../infra/cli/token-command.ts';
import { startDevelopmentCredentials } from '../../infra/local/credentials/development-credentials.ts';
import { DevelopmentIssuer } from '../../infra/local/credentials/development-issuer.ts';
import { personas } from '../../infra/local/sample/personas.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import { readApiKey } from '../../shared/security/api-keys/api-key.ts';
import { issuersSchema } from '../../shared/security/tokens/issuer.ts';
import { TokenVerifier } from '../../shared/security/tokens/token-verifier.ts';
import { childEnvironment } from '../support/child-environment.ts';
import { type CommandResult, commandHere, spawnedCommand } from '../support/commands.ts';
import { sampleNumber } from '../support/credentials/forge.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';

let data: string;
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'credentials-'));
  dynamoDb = await startTestDynamoDb();
  (await startDevelopmentCredentials(data, dynamoDb.client)).stop();
});
afterAll(async () => {
  await dynamoDb.stop();
  await rm(data, { recursive: true });
});

const environment = () => ({ ...childEnvironment(), DYNAMODB_ENDPOINT: dynamoDb.endpoint });

function run(command: 'token' | 'partner', ...options: string[]): Promise<CommandResult> {
  const args = ['--data', data, ...options];
  return commandHere(async (output) => {
    if (command === 'token') output.log(await tokenCommand(args));
    else await partnerCommand(args, environment(), output);
  });
}

/** As npm runs it. */
function spawned(command: 'token' | 'partner', ...options: string[]): Promise<CommandResult> {
  return spawnedCommand(command, ['--data', data, ...options], { environment: environment() });
}

/** Verified as the authorizer would. */
function verify(token: string) {
  const issuer = new DevelopmentIssuer(data);
  const settings = issuersSchema.parse(issuer.settings('http://127.0.0.1:1/jwks'));
  return new TokenVerifier(settings, { fetchKeys: async () => issuer.jwks, now: Date.now }).verify(token);
}

describe('the commands as npm runs them', () => {
  it('print what they are asked for, and one line when it cannot be', async () => {
    const token = await spawned('token', 'clerk');
    expect([token.code, token.stderr]).toEqual([0, '']);
    await expect(verify(token.stdout.trim())).resolves.toMatchObject({ caller: { kind: 'clerk' } });
    await expect(spawned('token', 'nobody')).resolves.toMatchObject({ code: 1, stdout: '' });
    const listed = await spawned('partner', 'list');
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining('feed housing  Housing')]);
  });
});

describe('npm run token', () => {
  it.each([
    [['resident', '--number', sampleNumber], { kind: 'resident', documentNumber: sampleNumber }],
    [['clerk', '--district', '510104', '--post', 'w-9'], { kind: 'clerk', district: '510104', post: 'w-9' }],
    [['operator'], { kind: 'staff', roles: 'operator' }],
    [['policy-editor,policy-approver'], { kind: 'staff', roles: 'policy-approver policy-editor' }],
  ])('prints a token that is verified like a real one: %j', async (options, caller) => {
    const { code, stdout, stderr } = await run('token', ...options);
    expect([code, stderr]).toEqual([0, '']);
    await expect(verify(stdout.trim())).resolves.toMatchObject({ caller });
  });

  it('knows every persona by name, and tells nobody their number in the subject', async () => {
    for (const { name, document } of personas) {
      const { caller } = await verify((await run('token', 'resident', name)).stdout.trim());
      const { type: documentType, number: documentNumber } = normaliseDocument(document).document!;
      expect(caller).toEqual({
        kind: 'resident',
        subject: `development-${name}`,
        documentType,
        documentNumber,
      });
    }
    expect(personas).toHaveLength(20);
  });

  it('makes it good for as many minutes as were asked for', async () => {
    const { stdout } = await run('token', 'clerk', '--minutes', '2');
    const { iat = 0, exp = 0 } = decodeJwt(stdout.trim());
    expect(exp - iat).toBe(120);
  });

  it("prints a feed's key", async () => {
    const { stdout } = await run('token', 'feed', 'social-insurance');
    expect(readApiKey(stdout.trim())).toMatchObject({ environment: 'test' });
  });

  it.each([
    [['nobody'], /There is nobody called nobody/],
    [['resident'], /Name a persona, or a document/],
    [['resident', 'nobody'], /There is no persona nobody/],
    [['clerk', 'endorsement-missed'], /What is endorsement-missed/],
    [['clerk', '--minutes', '721'], /--minutes is a number from 1 to 720/],
    [['feed', 'police'], /Name a source: public-security \|/],
    [['clerk', '--posst', 'x'], /--posst/],
  ])('says in one line what is wrong with %j', async (options, line) => {
    const { code, stdout, stderr } = await run('token', ...options);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
    expect(stderr.trim()).not.toContain('\n');
  });

  it('does not repeat a number that is wrong', async () => {
    const { stderr } = await run('token', 'resident', '--number', `${sampleNumber.slice(0, -1)}9`);
    expect(stderr).toBe('--number: The check digit does not match: a digit was mistyped.\n');
  });

  it('keeps keys where their owner alone can read them, and uses none that others could', async () => {
    for (const file of ['issuer.key', 'feed-keys.json', 'resident.key']) {
      expect((await stat(join(data, file))).mode & 0o777).toBe(0o600);
    }
    await chmod(join(data, 'issuer.key'), 0o644);
    const { code, stderr } = await run('token', 'clerk');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/issuer\.key can be read by others/)]);
    await chmod(join(data, 'issuer.key'), 0o600);
  });
});

describe('npm run partner', () => {
  it('makes an owner and its keys, shows each once, and ends them', async () => {
    await expect(
      run('partner', 'create', 'partner', 'school-1', '--name', 'No. 1 School'),
    ).resolves.toMatchObject({ code: 0, stdout: 'created  partner school-1\n' });
    const made = await run(
      'partner',
      'key',
      'partner',
      'school-1',
      '--from',
      '203.0.113.0/24',
      '--days',
      '30',
    );
    const key = readApiKey(made.stdout.trim())!;
    expect(made.stderr).toMatch(
      new RegExp(`^${key.id}, good until \\S+\\. The key is not shown again\\.\n$`),
    );
    const listed = await run('partner', 'list');
    expect(listed.stdout).toContain(
      `partner school-1  No. 1 School\n  no terms: nothing may be asked\n  ${key.id}  good until `,
    );
    expect(listed.stdout).toContain('partner:check  from 203.0.113.0/24  last used never');
    expect(listed.stdout).not.toContain(key.text.slice(20, 40));
    await expect(run('partner', 'revoke', key.id)).resolves.toMatchObject({
      stdout: `revoked  ${key.id}, in force within 30 s\n`,
    });
    await expect(run('partner', 'revoke', key.id)).resolves.toMatchObject({
      stdout: `revoked before  ${key.id}\n`,
    });
    expect((await run('partner', 'list')).stdout).toMatch(new RegExp(`${key.id}  revoked \\d{4}-`));
  });

  it('makes a third party with its terms, and changes them', async () => {
    const terms = ['--purposes', 'school-admission', '--basis', 'consent', '--checks-a-day', '50'];
    const create = ['create', 'partner', 'school-2', '--name', 'No. 2 School', ...terms];
    await expect(run('partner', ...create, '--persons-a-day', '20')).resolves.toMatchObject({ code: 0 });
    // The same again is no mistake, other terms are.
    await expect(run('partner', ...create, '--persons-a-day', '20')).resolves.toMatchObject({ code: 0 });
    await expect(run('partner', ...create, '--persons-a-day', '21')).resolves.toMatchObject({
      code: 1,
      stderr: 'There is a partner school-2 already.\n',
    });
    expect((await run('partner', 'list')).stdout).toContain(
      'partner school-2  No. 2 School\n  all services  for school-admission  by consent  50 checks and 20 persons a day\n',
    );
    const changed = [...terms, '--persons-a-day', '10', '--services', 'legal.aid'];
    await expect(run('partner', 'terms', 'school-2', ...changed)).resolves.toMatchObject({
      stdout: 'agreed  school-2\n',
    });
    expect((await run('partner', 'list')).stdout).toContain('  legal.aid  for school-admission  by consent');
    const wrong = [...terms, '--persons-a-day', '10', '--services', 'legal.aid,legal.ade'];
    await expect(run('partner', 'terms', 'school-2', ...wrong)).resolves.toMatchObject({
      code: 1,
      stderr: 'No policy has a service legal.ade.\n',
    });
  });

  it.each([
    [['terms', 'school-9', '--basis', 'consent'], /--purposes, --checks-a-day, --persons-a-day/],
    [['terms', 'school-9'], /Say what is agreed/],
    [['terms'], /Say whose/],
    [
      [
        ...['terms', 'school-9', '--basis', 'consent', '--purposes', 'legal-aid'],
        ...['--checks-a-day', '1', '--persons-a-day', '1'],
      ],
      /There is no partner school-9/,
    ],
    [['create', 'feed', 'education', '--name', 'x', '--basis', 'consent'], /not as they must be/],
    [['create', 'partner', '13987654321', '--name', 'x'], /at most 6 in a row/],
    [['key', 'partner', 'nobody'], /There is no partner nobody/],
    [
      ['key', 'feed', 'housing', '--scopes', 'partner:check'],
      /A feed cannot be given the scope partner:check/,
    ],
    [['key', 'feed', 'housing', '--days', '366'], /1 to 365 days/],
    [['key', 'feed', 'housing', '--from', '203.0.113.1'], /not in CIDR notation/],
    [['create', 'feed', 'Housing', '--name', 'x'], /small letters/],
    [['create', 'feed', 'housng', '--name', 'x'], /There is no bureau housng\. Name one: .*housing/],
    [['create', 'feed', 'housing', '--name', 'x'], /There is a feed housing already/],
    [['revoke', 'ak_zzzzzzzzzz'], /There is no key ak_zzzzzzzzzz/],
    [['sell'], /There is no command sell/],
  ])('says in one line what is wrong with %j', async (options, line) => {
    const { code, stdout, stderr } = await run('partner', ...options);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
    expect(stderr.trim()).not.toContain('\n');
  });

  it('does not repeat a key that was given for its id', async () => {
    const { housing } = JSON.parse(await readFile(join(data, 'feed-keys.json'), 'utf8'));
    const { stderr } = await run('partner', 'revoke', housing);
    expect(stderr).toMatch(/Name one key by its id/);
    expect(stderr).not.toContain(housing.slice(10, 30));
  });
});
