import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'yaml';
import { eligibilityOperations } from '../../../functions/eligibility/routes.ts';
import { readPolicyProblem } from '../../../functions/policy-problems.ts';
import type { Consumption, MeasuredCall } from '../../../infra/cost/consumption.ts';
import { type SampleResident, sampleResidents } from '../../../infra/local/sample/sample-city.ts';
import { tables } from '../../../infra/tables.ts';
import type { CanonicalDocument } from '../../../shared/domain/identity/document.ts';
import { type Pack, type PackFile, packFileSchema } from '../../../shared/domain/policy/pack-schema.ts';
import { resolvePack } from '../../../shared/domain/policy/resolve-pack.ts';
import { acceptEvent } from '../../../shared/domain/register/accept-event.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { createApi } from '../../../shared/http/create-api.ts';
import { CachedKeyStore } from '../../../shared/security/cached-key-store.ts';
import type { KeyStore } from '../../../shared/security/key-store.ts';
import { CachedPolicyHistories } from '../../../shared/stores/cached-policy-histories.ts';
import { DynamoAuditStore } from '../../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { memoryKeyStore } from '../../unit/security/memory-key-store.ts';
import { changeEntry } from '../audit-entries.ts';
import { MemoryPolicyStore } from '../memory-policy-store.ts';
import { partnerApi, standingPace } from '../partner-api.ts';
import { lambdaContext, proxyEvent } from '../proxy-event.ts';
import { recordingObservers } from '../recording-log.ts';
import { residentStore, sampleDocument } from '../register.ts';
import { clerk, registerApi, residentCaller } from '../register-api.ts';
import { itemBytes } from './item-bytes.ts';
import { meteredClient } from './metered-client.ts';

/** The day of all checks, of a version in force then. */
const now = '2026-06-01T04:00:00Z';
/** What a counter asks about at once, with all reasons: a family that wants to apply for something. */
const services = ['education.compulsory', 'housing.public-rental', 'legal.aid'];
/** Named by every check that is measured: most sample lives are of another district than the clerk's. */
const outsideDistrictReason = 'joint-service';
/** Lives that are measured and averaged; of a seed, so that they are always the same. */
const sample = { residents: 12, seed: 1, asOf: '2026-06-01' };
/** KMS gives a wrapped key of 256 bits in 184 bytes. */
const wrappedKeyBytes = 184;

/** What each kind of call takes, averaged over sample lives, by the product's own functions on a real DynamoDB. */
export async function measureConsumption(
  real: DynamoDBDocumentClient,
): Promise<Record<MeasuredCall, Consumption>> {
  const meter = meteredClient(real);
  const keyStore = countingKeyStore();
  const chengdu = chengduPacks();
  const known = [...sampleResidents(sample)].map(lifeOf).filter(({ events }) => events.length > 1);
  const average = measuring(real, meter.take, keyStore.take, known);

  const writer = residentStore(meter.client, keyStore);
  // The first keys of the index are made with the first resident of all: that is nobody's cost.
  await writer.append(sampleDocument(1), known[0]!.events.slice(0, 1));
  const newResident = await average(async ({ document, events }) => {
    await writer.append(document, events.slice(0, -1));
    return 0;
  });
  const event = await average(async ({ document, events }) => {
    await writer.append(document, events.slice(-1));
    return 0;
  });
  const counter = await apiOf();
  const counterCheck = await average(async ({ document }) =>
    answered(
      await counter.check(
        { document, services, purpose: 'application', caseNumber: '2026-WH-00317', outsideDistrictReason },
        { caller: clerk },
      ),
    ),
  );
  const own = await apiOf();
  const ownEligibility = await average(async ({ document }) =>
    answered(
      await own.me('eligibility', {
        caller: { ...residentCaller(document.number), documentType: document.type },
        query: { services: services.join(',') },
      }),
    ),
  );
  return {
    publicEvaluation: await average(publicEvaluation(chengdu)),
    ownEligibility,
    counterCheck,
    partnerCheck: await measurePartnerCheck(),
    event,
    newResident,
    auditedChange: await average(recordChange()),
  };

  /** The functions of the register's doors, just started: no data key is open yet. */
  function apiOf() {
    return registerApi({
      client: meter.client,
      packs: chengdu,
      defaultPolicy: 'chengdu',
      now,
      keyStore: new CachedKeyStore(keyStore),
      register: (store) => residentStore(meter.client, store),
    });
  }

  async function measurePartnerCheck(): Promise<Consumption> {
    const { client } = meter;
    const partners = await partnerApi({
      client,
      packs: chengdu,
      defaultPolicy: 'chengdu',
      pace: standingPace(),
    });
    await partners.agree({ services });
    for (const { document, events } of known) {
      await partners.residents.append(document, events);
      await partners.consent({ services, until: '2024-12-31' }, document);
    }
    const check = await average(async ({ document }) =>
      answered(
        await partners.check(
          { document, services, purpose: 'legal-aid' },
          // As a client that may have to ask again: the key's own item is a part of what a check takes.
          { 'Idempotency-Key': randomUUID() },
        ),
      ),
    );
    // Its residents are in memory: the read of the record and the opening of its key are those of a counter's check.
    const { readUnits, keyRequests } = counterCheck;
    return { ...check, readUnits: check.readUnits + readUnits, keyRequests };
  }

  function recordChange() {
    let changes = 0;
    const audit = new DynamoAuditStore(meter.client, tables.audit.name);
    return async () => {
      const key = { pk: `RESIDENT#rs_${'b'.repeat(22)}`, sk: 'EVENT#social-insurance#c48f2a91-7-123' };
      const change = changeEntry(++changes, { table: 'residents', kind: 'register-event', key });
      await audit.record([{ ...change, sequenceNumber: '1'.repeat(21) }]);
      return 0;
    };
  }
}

/** The bytes of an answer, which has to be one. */
function answered({ status, text }: { readonly status: number; readonly text: string }): number {
  if (status >= 300) throw new Error(`A call that is measured was refused: ${status} ${text}`);
  return Buffer.byteLength(text);
}

/** The versions of Chengdu, without their cases, which take seconds to read. */
function chengduPacks(): Pack[] {
  const files = [...packFilesOf('chengdu'), ...packFilesOf('cn-national')];
  const find = (policy: string, version: string) =>
    files.find((file) => file.policy === policy && file.version === version) ?? null;
  return files.filter(({ policy }) => policy === 'chengdu').map((file) => resolvePack(file, find));
}

function packFilesOf(policy: string): PackFile[] {
  const folder = new URL(`../../../shared/policies/${policy}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => /^[\d-]+\.yaml$/.test(name))
    .map((name) => packFileSchema.parse(parse(readFileSync(new URL(name, folder), 'utf8'))));
}

interface Life {
  readonly document: CanonicalDocument;
  readonly events: readonly RegisterEvent[];
}

function lifeOf({ events }: SampleResident): Life {
  const accepted = events.map(({ event, source }) => {
    const { faults, ...rest } = acceptEvent(event, source);
    if (faults !== undefined) throw new Error('A sample event is not accepted.');
    return rest as { document: CanonicalDocument; event: RegisterEvent };
  });
  return { document: accepted[0]!.document, events: accepted.map(({ event }) => event) };
}

/** A function that makes a call for each life, and says what it takes on average. */
function measuring(
  real: DynamoDBDocumentClient,
  takeUnits: ReturnType<typeof meteredClient>['take'],
  takeKeyRequests: () => number,
  known: readonly Life[],
) {
  return async (call: (life: Life) => Promise<number>): Promise<Consumption> => {
    takeUnits();
    takeKeyRequests();
    const before = await storedBytes(real);
    let answerBytes = 0;
    for (const life of known) answerBytes += await call(life);
    const { readUnits, writeUnits, writes } = takeUnits();
    const keyRequests = takeKeyRequests();
    const changes = Object.values(tables)
      .filter((table) => 'stream' in table)
      .reduce((sum, { name }) => sum + (writes[name] ?? 0), 0);
    const stored = (await storedBytes(real)) - before;
    const each = (total: number) => total / known.length;
    return {
      readUnits: each(readUnits),
      writeUnits: each(writeUnits),
      storedBytes: each(stored),
      changes: each(changes),
      keyRequests: each(keyRequests),
      answerBytes: each(answerBytes),
    };
  };
}

/** What DynamoDB adds to each item when it counts what is stored. */
const overheadBytes = 100;

async function storedBytes(client: DynamoDBDocumentClient): Promise<number> {
  let bytes = 0;
  for (const { name: TableName } of Object.values(tables)) {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
      for (const item of page.Items ?? []) bytes += itemBytes(item) + overheadBytes;
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
  return bytes;
}

/** Answers from facts alone, of the same services, with nothing but the policies in memory. */
function publicEvaluation(packs: readonly Pack[]) {
  const observers = recordingObservers();
  const policies = new MemoryPolicyStore();
  const ready = policies.seed(...packs);
  const histories = new CachedPolicyHistories(policies);
  const handler = createApi({
    name: 'eligibility',
    operations: eligibilityOperations({ histories, defaultPolicy: 'chengdu', now: () => Date.parse(now) }),
    readProblem: readPolicyProblem,
    ...observers,
  });
  return async () => {
    await ready;
    const resident = { permit: { status: 'valid' }, household: { annualIncome: 60_000 } };
    const { statusCode: status, body: text } = await handler(
      proxyEvent({
        method: 'POST',
        resource: '/v1/evaluations',
        body: JSON.stringify({ resident, services }),
        headers: { 'Content-Type': 'application/json' },
      }),
      lambdaContext(),
    );
    return answered({ status, text });
  };
}

/** A key store that counts what it is asked, and gives wrapped keys as long as those of KMS. */
function countingKeyStore(): KeyStore & { take(): number } {
  const keys = memoryKeyStore();
  let requests = 0;
  return {
    async generateDataKey(context) {
      requests++;
      const { key, wrapped } = await keys.generateDataKey(context);
      return { key, wrapped: Buffer.concat([wrapped, randomBytes(wrappedKeyBytes - wrapped.length)]) };
    },
    async unwrap(wrapped, context) {
      requests++;
      return keys.unwrap(wrapped.subarray(0, 8), context);
    },
    take() {
      const taken = requests;
      requests = 0;
      return taken;
    },
  };
}
