import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  TagResourceCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyTable } from '../../infra/cli/audit/verify-entries.ts';
import { CommandError } from '../../infra/command-error.ts';
import { createTableInput } from '../../infra/local/create-tables.ts';
import { rootFolderIn, rootKeyFileIn } from '../../infra/local/data-files.ts';
import { type RestoreDrillOptions, restoreDrill } from '../../infra/restore/restore-drill.ts';
import { type TableDefinition, type TableName, tables } from '../../infra/tables.ts';
import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';
import { sealAudit } from '../../shared/domain/audit/seal-audit.ts';
import { packDigest } from '../../shared/domain/policy/digest.ts';
import type { KnownResident } from '../../shared/domain/register/resident-store.ts';
import { ApiKeyHashes } from '../../shared/security/api-keys/api-key-hashes.ts';
import { ApiKeyVerifier } from '../../shared/security/api-keys/api-key-verifier.ts';
import { issueKey } from '../../shared/security/api-keys/issue-key.ts';
import { CachedKeyStore } from '../../shared/security/cached-key-store.ts';
import { createKeyStore } from '../../shared/security/create-key-store.ts';
import { FileRootSigner } from '../../shared/security/file-root-signer.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { auditShards } from '../../shared/stores/dynamodb/audit-items.ts';
import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditPartitions } from '../../shared/stores/dynamodb/dynamo-audit-partitions.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { DynamoConsentStore } from '../../shared/stores/dynamodb/dynamo-consent-store.ts';
import { DynamoDecisionStore } from '../../shared/stores/dynamodb/dynamo-decision-store.ts';
import { DynamoHashKeyStore } from '../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoPolicyStore } from '../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';
import { currentIndexKeyItem } from '../../shared/stores/dynamodb/index-key-items.ts';
import { FolderRootStore } from '../../shared/stores/files/folder-root-store.ts';
import { changeEntry } from '../support/audit-entries.ts';
import { cityPack } from '../support/city-pack.ts';
import { spawnedCommand } from '../support/commands.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { sampleDocument } from '../support/register.ts';
import { type RegisterApi, registerApi } from '../support/register-api.ts';
import { itemsOf, restoreAs, restoredName } from '../support/restored-tables.ts';
import { eventOn } from '../unit/register/events.ts';

// Erased since; consented and withdrew since; came since.
const [erased, staying, newcomer] = [sampleDocument(1), sampleDocument(2), sampleDocument(3)];
const permit = eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' });
const late = eventOn('2024-05-01', { type: 'permit.endorsed' }, { eventId: 'late' });
const owner = { kind: 'partner', id: 'school-1' } as const;
const terms = {
  services: null,
  purposes: ['school-admission' as const],
  lawfulBasis: 'consent' as const,
  checksADay: 10,
  personsADay: 10,
};
/** Half an hour ago: the tables were copied then. */
const since = new Date(Date.now() - 1_800_000).toISOString();
const consentId = `cn_${'a'.repeat(32)}`;
const withdrawnAt = '2024-06-01T05:00:00.000Z';

let dynamoDb: TestDynamoDb;
let folder: string;
let keyFile: string;
let keyStore: KeyStore;
let api: RegisterApi;
let erasedResident: KnownResident;
let stayingResident: KnownResident;
let erasedDecision: string;
let revokedKey: { readonly id: string; readonly text: string };
let goodKey: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'restore-drill-'));
  keyFile = join(folder, 'resident.key');
  dynamoDb = await startTestDynamoDb();
  const { client } = dynamoDb;
  keyStore = createKeyStore({ keyFile });
  const policies = new DynamoPolicyStore(client, tables.policies.name);
  await policies.publish(cityPack(), packDigest(cityPack()), '2024-01-01T00:00:00.000Z', null);
  api = await registerApi({
    client,
    packs: [cityPack()],
    defaultPolicy: 'city',
    keyStore,
    register: () => residentsOf(tables.residents.name),
  });
  const register = residentsOf(tables.residents.name);
  for (const document of [erased, staying]) await register.append(document, [permit]);
  erasedResident = (await register.find(erased))!;
  stayingResident = (await register.find(staying))!;
  erasedDecision = await checked(erased);
  await checked(staying);
  await new DynamoPartnerTerms(client, tables.partners.name).createPartner(
    owner.id,
    'A school',
    terms,
    '2024-01-01T00:00:00.000Z',
  );
  revokedKey = await issued();
  goodKey = (await issued()).text;
  await consentsOf(tables.decisions.name).give(
    {
      id: consentId,
      partner: owner.id,
      services: ['legal.aid'],
      purpose: 'school-admission',
      until: '2024-12-31',
      givenAt: '2024-05-01T00:00:00.000Z',
      withdrawnAt: null,
    },
    `sha256:${'0'.repeat(64)}`,
    stayingResident,
  );
  for (const table of Object.keys(tables) as TableName[]) await restoreAs(client, table);
  await sinceThen();
});
afterAll(async () => {
  await dynamoDb.stop();
  await rm(folder, { recursive: true });
});

/** What the restored tables do not know of; the stream tells the audit of it. */
async function sinceThen(): Promise<void> {
  const { client } = dynamoDb;
  const register = residentsOf(tables.residents.name);
  await register.erase(erased);
  await register.append(staying, [late]);
  await register.append(newcomer, [permit]);
  const came = (await register.find(newcomer))!.residentId;
  await new DynamoPartnerStore(client, tables.partners.name).revokeKey(revokedKey.id, withdrawnAt);
  await consentsOf(tables.decisions.name).withdraw(consentId, withdrawnAt, stayingResident);
  const lost = await checked(staying);
  const { residentId } = stayingResident;
  await told(
    ['residents', 'resident-key', 'removed', `KEY#${erasedResident.residentId}`, 'KEY'],
    ['residents', 'register-event', 'inserted', `RESIDENT#${residentId}`, 'EVENT#police#late'],
    ['residents', 'resident-key', 'inserted', `KEY#${came}`, 'KEY'],
    ['residents', 'register-event', 'inserted', `RESIDENT#${came}`, `EVENT#police#${permit.eventId}`],
    ['decisions', 'consent', 'modified', `RESIDENT#${residentId}`, `CONSENT#${consentId}`],
    ['decisions', 'decision', 'inserted', `DECISION#${lost}`, 'DECISION'],
  );
}

let changesTold = 0;

async function told(
  ...changes: (readonly [string, string, ChangeEntry['action'], string, string])[]
): Promise<void> {
  const entries = changes.map(([table, kind, action, pk, sk]) =>
    changeEntry(++changesTold, { table, kind, action, key: { pk, sk }, occurredAt: withdrawnAt }),
  );
  await new DynamoAuditStore(dynamoDb.client, tables.audit.name).record(entries);
}

function residentsOf(table: string): DynamoResidentStore {
  const keys = new CachedKeyStore(keyStore);
  return new DynamoResidentStore(
    dynamoDb.client,
    table,
    keys,
    new DynamoIndexKeys(dynamoDb.client, table, keys),
  );
}

function consentsOf(table: string): DynamoConsentStore {
  return new DynamoConsentStore(dynamoDb.client, table, new CachedKeyStore(keyStore));
}

async function checked(document: typeof erased): Promise<string> {
  const { json } = await api.check({ document, purpose: 'application', caseNumber: '2024-WH-00317' });
  return json.checkId;
}

const hashesOf = (table: string) =>
  new ApiKeyHashes(new DynamoHashKeyStore(dynamoDb.client, table), keyStore);
const partnersOf = (table: string) => new DynamoPartnerStore(dynamoDb.client, table);

async function issued(): Promise<{ readonly id: string; readonly text: string }> {
  const table = tables.partners.name;
  const key = await issueKey(
    { owner, scopes: ['partner:check'], ipRanges: [], days: 30, environment: 'test' },
    { store: partnersOf(table), hashes: hashesOf(table), now: Date.now() },
  );
  if (key.outcome !== 'added') throw new Error(key.outcome);
  return key;
}

/** Runs the drill of a table; what it printed, and whether it found all well. */
async function drill(table: TableName, more: Partial<RestoreDrillOptions> = {}) {
  const lines: string[] = [];
  const isWell = await restoreDrill({
    client: dynamoDb.client,
    keyStore,
    table,
    restored: restoredName(table),
    liveName: (name) => tables[name].name,
    hasLive: true,
    since,
    until: new Date().toISOString(),
    apply: false,
    decisions: 5,
    verifyAudit: null,
    print: (line) => lines.push(line),
    ...more,
  });
  return { isWell, lines, of: (kind: string) => lines.filter((line) => line.startsWith(kind)) };
}

/** Everything of a restored table that a drill might change. */
async function stateOf(table: TableName) {
  const TableName = restoredName(table);
  const { client } = dynamoDb;
  const [items, { Table }, timeToLive] = await Promise.all([
    itemsOf(client, TableName),
    client.send(new DescribeTableCommand({ TableName })),
    client.send(new DescribeTimeToLiveCommand({ TableName })),
  ]);
  const { StreamSpecification, DeletionProtectionEnabled } = Table!;
  return { items, StreamSpecification, DeletionProtectionEnabled, ttl: timeToLive.TimeToLiveDescription };
}

/** A process that was just started: what its predecessor opened is in nobody's memory. */
function verify(text: string) {
  const table = restoredName('partners');
  const verifier = new ApiKeyVerifier({
    store: partnersOf(table),
    hashes: hashesOf(table),
    environment: 'test',
    now: Date.now,
    onUseNotKept: () => {},
    onExpiresSoon: () => {},
  });
  return verifier.verify(text, '203.0.113.7');
}

/** What a restored table says of the one decision about who was erased. */
function decisionOfErased() {
  const residents = residentsOf(restoredName('residents'));
  const names = { decisions: restoredName('decisions'), audit: tables.audit.name };
  const store = new DynamoDecisionStore(dynamoDb.client, names, new CachedKeyStore(keyStore), residents);
  return store.read(erasedDecision);
}

const tableNames = Object.keys(tables) as TableName[];

// In this order: what is restored is put right by the later ones.
describe('before anything is done', () => {
  it('a restore brings back who was erased, what was revoked and what was withdrawn', async () => {
    await expect(residentsOf(restoredName('residents')).find(erased)).resolves.not.toBeNull();
    await expect(decisionOfErased()).resolves.not.toBeNull();
    await expect(verify(revokedKey.text)).resolves.toBeDefined();
    const [consent] = await consentsOf(restoredName('decisions')).listOf(stayingResident);
    expect(consent).toMatchObject({ id: consentId, withdrawnAt: null });
  });

  it.each(tableNames)('a dry run changes nothing: %s', async (table) => {
    const before = await stateOf(table);
    const { isWell } = await drill(table);
    expect(isWell).toBe(false);
    expect(await stateOf(table)).toEqual(before);
  });

  it.each<[TableName, string[]]>([
    ['policies', ['SETTING']],
    ['audit', ['LOST']],
    ['partners', ['SETTING', 'REVOCATION']],
    ['residents', ['SETTING', 'ERASURE', 'BY HAND', 'LOST']],
    ['decisions', ['SETTING', 'SETTING', 'WITHDRAWAL', 'LOST']],
  ])('it says what %s lack', async (table, kinds) => {
    const { lines } = await drill(table);
    const found = /^(SETTING|ERASURE|REVOCATION|WITHDRAWAL|BY HAND|LOST|WRONG) /;
    expect(lines.flatMap((line) => found.exec(line)?.[1] ?? [])).toEqual(kinds);
    expect(lines.join()).not.toContain('1899');
  });

  it('opens nothing of who is still to be erased', async () => {
    const { of } = await drill('residents');
    expect(of('REPLAYED')).toEqual([expect.stringContaining('nothing')]);
  });

  it('knows erasures and withdrawals from the audit alone, and says that it knows no revocations', async () => {
    const withoutLive = { hasLive: false };
    const residents = await drill('residents', withoutLive);
    expect(residents.of('ERASURE')).toEqual([expect.stringContaining(erasedResident.residentId)]);
    const decisions = await drill('decisions', withoutLive);
    expect(decisions.of('WITHDRAWAL')).toEqual([expect.stringContaining(consentId)]);
    const partners = await drill('partners', withoutLive);
    expect([partners.isWell, partners.of('REVOCATION')]).toEqual([false, []]);
    expect(partners.of('BY HAND')).toEqual([expect.stringContaining('cannot be known')]);
    // Production's settings are asked for where no live table says which.
    expect(partners.of('SETTING')).toContainEqual(expect.stringContaining('deleted by mistake'));
  });

  it('refuses a table that is none, and goes no further with one of other keys', async () => {
    await expect(drill('partners', { restored: 'nowhere' })).rejects.toThrow(CommandError);
    const { partitionKey } = tables.partners;
    const other: TableDefinition = {
      ...tables.partners,
      name: 'other',
      partitionKey,
      sortKey: { name: 'at', type: 'number' },
    };
    await dynamoDb.client.send(new CreateTableCommand(createTableInput(other)));
    const { isWell, of } = await drill('partners', { restored: 'other', apply: true });
    expect([isWell, of('WRONG'), of('SETTING')]).toEqual([
      false,
      [expect.stringContaining('HASH pk S, RANGE at N, not HASH pk S, RANGE sk S')],
      [],
    ]);
  });
});

describe('with --apply', () => {
  it('who was erased is gone, their decisions with them, and the others are there', async () => {
    const { isWell, of } = await drill('residents', { apply: true });
    const residents = residentsOf(restoredName('residents'));
    await expect(residents.find(erased)).resolves.toBeNull();
    await expect(residents.wrappedKeyOf(erasedResident.residentId)).resolves.toBeNull();
    await expect(decisionOfErased()).resolves.toBeNull();
    const about = (await itemsOf(dynamoDb.client, restoredName('residents'))).filter((item) =>
      JSON.stringify(item).includes(erasedResident.residentId),
    );
    expect(about.map(({ pk }) => pk)).toEqual(['ERASED']);
    await expect(residents.find(staying)).resolves.toMatchObject({ residentId: stayingResident.residentId });
    expect(of('REPLAYED')).toEqual([expect.stringMatching(/ 2 decisions came out as they were/)]);
    // The bureau has not sent its event again yet.
    expect([isWell, of('BY HAND')]).toEqual([
      false,
      [expect.stringContaining('events of police, missing: 1.')],
    ]);
    await residents.append(staying, [late]);
    await expect(drill('residents')).resolves.toMatchObject({ isWell: true });
  });

  it('a key that was revoked is refused, and another one is good', async () => {
    await expect(drill('partners', { apply: true })).resolves.toMatchObject({ isWell: true });
    await expect(verify(revokedKey.text)).rejects.toMatchObject({ reason: 'revoked' });
    await expect(verify(goodKey)).resolves.toBeDefined();
  });

  it('a consent that was withdrawn is withdrawn, as it was', async () => {
    await expect(drill('decisions', { apply: true })).resolves.toMatchObject({ isWell: true });
    const [consent] = await consentsOf(restoredName('decisions')).listOf(stayingResident);
    expect(consent).toMatchObject({ id: consentId, withdrawnAt });
    const consentItem = async (table: string) =>
      (await itemsOf(dynamoDb.client, table)).filter(({ type }) => type === 'consent');
    expect(await consentItem(restoredName('decisions'))).toEqual(await consentItem(tables.decisions.name));
  });

  it('the settings that a restore leaves out are those of the definition and of the live table', async () => {
    const { client } = dynamoDb;
    const TableName = tables.policies.name;
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const Tags = [{ Key: 'stage', Value: 'dev' }];
    await client.send(new TagResourceCommand({ ResourceArn: Table!.TableArn, Tags }));
    const { isWell, of } = await drill('policies', { apply: true });
    expect([isWell, of('SETTING').length]).toEqual([true, 3]);
    expect(await stateOf('policies')).toMatchObject({
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      DeletionProtectionEnabled: true,
    });
    expect((await stateOf('decisions')).ttl).toEqual({
      AttributeName: 'expiresAt',
      TimeToLiveStatus: 'ENABLED',
    });
  });

  it.each(tableNames)('a second run changes nothing more: %s', async (table) => {
    const before = await stateOf(table);
    const { lines } = await drill(table, { apply: true });
    expect(lines.filter((line) => line.includes('done now'))).toEqual([]);
    expect(await stateOf(table)).toEqual(before);
  });
});

describe('what only a person can do', () => {
  it('is named: owners, keys and terms that were made since, and versions that were published', async () => {
    const partnerTerms = new DynamoPartnerTerms(dynamoDb.client, tables.partners.name);
    const at = new Date().toISOString();
    await partnerTerms.setTerms(owner.id, { ...terms, checksADay: 5 }, at);
    await partnerTerms.createPartner('school-2', 'Another school', terms, at);
    const { id } = await issued();
    const partners = await drill('partners', { apply: true });
    expect(partners.isWell).toBe(false);
    expect(partners.of('BY HAND').sort()).toEqual([
      expect.stringContaining(`${id} of partner school-1 was made since`),
      expect.stringContaining('partner school-2 was made since'),
      expect.stringContaining('terms of partner school-1 were set'),
      expect.stringContaining('terms of partner school-2 were set'),
    ]);
    await expect(partnersOf(restoredName('partners')).findKey(id)).resolves.toBeNull();

    const next = { ...cityPack(), version: '2030-01-01', effective: { from: '2030-01-01', until: null } };
    const policies = new DynamoPolicyStore(dynamoDb.client, tables.policies.name);
    await policies.publish(next, packDigest(next), at, 1);
    const { isWell, of } = await drill('policies');
    expect([isWell, of('BY HAND')]).toEqual([false, [expect.stringContaining('city 2030-01-01')]]);
  });

  it('is to change a key of the index again that was changed since', async () => {
    const Item = currentIndexKeyItem('v2', new Date().toISOString());
    await dynamoDb.client.send(new PutCommand({ TableName: tables.residents.name, Item }));
    const { isWell, of } = await drill('residents');
    expect([isWell, of('BY HAND')]).toEqual([false, [expect.stringContaining('it was v2')]]);
  });

  it('is to tell those whose consents and requests for review are lost', async () => {
    const { residentId } = stayingResident;
    const review = `REVIEW#rv_${'a'.repeat(32)}`;
    const lostBefore = (await drill('decisions')).of('LOST');
    await told(
      ['decisions', 'consent', 'inserted', `RESIDENT#${residentId}`, `CONSENT#cn_${'b'.repeat(32)}`],
      ['decisions', 'review', 'inserted', review, 'REVIEW'],
      ['decisions', 'review', 'modified', review, 'REVIEW'],
    );
    const { isWell, of } = await drill('decisions');
    // Nothing that could be waited for.
    expect(isWell).toBe(true);
    expect(of('LOST').filter((line) => !lostBefore.includes(line))).toEqual([
      expect.stringContaining('consents given since: 1.'),
      expect.stringContaining('requests for review made since: 1.'),
      expect.stringContaining('requests for review that moved on since: 1.'),
    ]);
  });

  it('is to find out what an item is that no version of today reads', async () => {
    const Item = { pk: 'DECISION#dc_1', sk: 'DECISION', type: 'decision', schemaVersion: 99 };
    await dynamoDb.client.send(new PutCommand({ TableName: restoredName('decisions'), Item }));
    const { isWell, of } = await drill('decisions', { decisions: 0 });
    expect([isWell, of('UNREADABLE')]).toEqual([false, [expect.stringContaining('1 items')]]);
  });
});

describe('a restored audit', () => {
  it('is compared with its roots: what was recorded since is missing, and a later copy has it all', async () => {
    const { client } = dynamoDb;
    const table = tables.audit.name;
    const begin = Math.floor(Date.now() / 600_000) * 600_000 - 3_600_000;
    const anchors = new DynamoAnchorStore(client, table);
    await anchors.begin(new Date(begin).toISOString());
    await new DynamoAuditStore(client, table, { now: () => begin + 60_000 }).record([changeEntry(1_000)]);
    await sealAudit({
      partitions: new DynamoAuditPartitions(client, table),
      anchors,
      roots: new FolderRootStore(rootFolderIn(folder)),
      signer: new FileRootSigner(rootKeyFileIn(folder)),
      shards: auditShards,
      now: () => begin + 1_500_000,
    });
    const verifyAudit = (name: string) =>
      verifyTable(
        client,
        name,
        { rootFolder: rootFolderIn(folder), keyFiles: [rootKeyFileIn(folder)], isOwnKey: true },
        { log() {} },
      );
    await expect(drill('audit', { verifyAudit })).resolves.toMatchObject({ isWell: false });
    const restored = await restoreAs(client, 'audit', 'audit-later');
    await expect(drill('audit', { verifyAudit, restored })).resolves.toMatchObject({ isWell: true });
  });
});

describe('npm run restore-drill', () => {
  function run(...given: string[]) {
    const environment = { DYNAMODB_ENDPOINT: dynamoDb.endpoint, KEY_FILE: keyFile };
    return spawnedCommand('restore-drill', given, { environment, folder });
  }

  it.each(['zz', 'no such', 'residents-nowhere'])(
    'says in one line that there is no table %j',
    async (name) => {
      const { code, stderr } = await run('residents', '--restored', name, '--since', '90m');
      expect([code, stderr]).toEqual([1, `There is no table ${name}.\n`]);
    },
  );

  it('ends with a code that says whether anything is missing', async () => {
    const restored = await restoreAs(dynamoDb.client, 'partners', 'partners-again');
    const options = ['partners', '--restored', restored, '--since', '90m'];
    const dry = await run(...options);
    expect([dry.code, dry.stdout]).toEqual([1, expect.stringMatching(/SETTING .*Not to be used yet/s)]);
    const applied = await run(...options, '--apply');
    expect([applied.code, applied.stdout, applied.stderr]).toEqual([
      0,
      expect.stringMatching(/lacks nothing/),
      '',
    ]);
  });
});
