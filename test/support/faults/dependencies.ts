import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ImportBucket } from '../../../functions/import/s3-import-bucket.ts';
import { auditChanges } from '../../../functions/stream/audit-changes.ts';
import { consumeStream } from '../../../functions/stream/consume-stream.ts';
import { tables } from '../../../infra/tables.ts';
import { PolicyStoreUnavailable } from '../../../shared/domain/policy/policy-store.ts';
import { publishPolicy } from '../../../shared/domain/policy/publish-policy.ts';
import { recordText } from '../../../shared/domain/register/resident-record.ts';
import { ResidentStoreUnavailable } from '../../../shared/domain/register/resident-store.ts';
import { createKeyStore } from '../../../shared/security/create-key-store.ts';
import { FileKeyStore } from '../../../shared/security/file-key-store.ts';
import { KeyStoreUnavailable, KeyUnreadable } from '../../../shared/security/key-store.ts';
import { fetchIssuerKeys } from '../../../shared/security/tokens/fetch-issuer-keys.ts';
import { IssuerKeysUnavailable } from '../../../shared/security/tokens/issuer-keys.ts';
import { TokenVerifier } from '../../../shared/security/tokens/token-verifier.ts';
import { CachedPolicyHistories } from '../../../shared/stores/cached-policy-histories.ts';
import { createDocumentClient } from '../../../shared/stores/dynamodb/document-client.ts';
import { DynamoAuditStore } from '../../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { DynamoPolicyStore } from '../../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { eventOn } from '../../unit/register/events.ts';
import { memoryKeyStore } from '../../unit/security/memory-key-store.ts';
import { collect } from '../collect.ts';
import {
  forge,
  headerOf,
  issuerOf,
  jwksOf,
  makeKey,
  residentClaims,
  residentIssuer,
} from '../credentials/forge.ts';
import type { TestDynamoDb } from '../dynamodb.ts';
import { recordingObservers } from '../recording-log.ts';
import { residentStore, sampleDocument } from '../register.ts';
import { startS3StandIn } from '../s3-stand-in.ts';
import { samplePackOf } from '../sample-pack.ts';
import { changeRecord, tablesOfStreams } from '../stream-records.ts';
import { type FaultName, type FaultProxy, faultNames, refusals, startFaultProxy } from './fault-proxy.ts';
import type { KmsStandIn } from './kms-stand-in.ts';

/** The right answer, or none; whatever else is thrown, or answered, is wrong. */
export type Outcome = 'right' | 'unavailable';

/** A dependency as one process of the product meets it. */
export interface Meeting {
  /** Asks once. @throws what is neither the right answer nor a failure the product knows. */
  ask(): Promise<Outcome>;
  /** Makes it go wrong so, or well again. */
  setFault(fault: FaultName | null): void;
  /** What must hold when all is well again; throws where it does not. */
  settle?(): Promise<void>;
  stop(): void;
}

export interface Dependency {
  readonly name: string;
  /** What it can do, and what must come of it. What is not here, it cannot do: the reason is in `cannot`. */
  readonly faults: Readonly<Partial<Record<FaultName, Outcome | 'either'>>>;
  readonly cannot?: Readonly<Partial<Record<FaultName, string>>>;
  meet(): Promise<Meeting>;
}

/** As the product's own, but for how long it waits. */
const patience = { tryTimeoutMilliseconds: 200, deadlineMilliseconds: 700 };
const local = { region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

const all = (outcome: Outcome) =>
  Object.fromEntries(faultNames.map((fault) => [fault, outcome])) as Record<FaultName, Outcome>;

/** Asks; a failure of the given kinds is no answer, any other error is passed on. */
async function outcomeOf(
  kinds: readonly (new (...given: never[]) => Error)[],
  isRight: () => Promise<boolean>,
): Promise<Outcome> {
  try {
    if (await isRight()) return 'right';
  } catch (error) {
    if (kinds.some((kind) => error instanceof kind)) return 'unavailable';
    throw error;
  }
  throw new Error('A wrong answer.');
}

function behind(proxy: FaultProxy, ask: Meeting['ask'], more: Partial<Meeting> = {}): Meeting {
  return {
    ask,
    setFault: (fault) => {
      proxy.fault = fault;
    },
    stop: () => proxy.stop(),
    ...more,
  };
}

/** Everything the product depends on, over the wire wherever there is one. */
export async function dependencies(
  dynamoDb: TestDynamoDb,
  kms: KmsStandIn,
  folder: string,
): Promise<readonly Dependency[]> {
  return [
    await residents(dynamoDb),
    ...(await policies(dynamoDb)),
    stream(dynamoDb),
    kmsKeys(kms),
    keyFile(folder),
    ...issuerKeys(),
    bucket(),
  ];
}

async function clientBehind(dynamoDb: TestDynamoDb) {
  const proxy = await startFaultProxy(dynamoDb.endpoint, refusals.dynamoDb);
  return { proxy, client: createDocumentClient({ endpoint: proxy.endpoint, ...local, ...patience }) };
}

async function residents(dynamoDb: TestDynamoDb): Promise<Dependency> {
  const keyStore = memoryKeyStore();
  const document = sampleDocument(1);
  const store = residentStore(dynamoDb.client, keyStore);
  await store.append(document, [eventOn('2024-01-01', { type: 'permit.endorsed' }, { eventId: 'fault-1' })]);
  const expected = recordText((await store.find(document))!.record);
  return {
    name: 'DynamoDB: a record of the register',
    faults: { ...all('unavailable'), stale: 'right' },
    async meet() {
      const { proxy, client } = await clientBehind(dynamoDb);
      const own = residentStore(client, keyStore);
      return behind(proxy, () =>
        outcomeOf([ResidentStoreUnavailable], async () => {
          const found = await own.find(document);
          return found !== null && recordText(found.record) === expected;
        }),
      );
    },
  };
}

async function policies(dynamoDb: TestDynamoDb): Promise<Dependency[]> {
  const store = new DynamoPolicyStore(dynamoDb.client, tables.policies.name);
  const publishedAt = '2024-01-01T00:00:00Z';
  await publishPolicy(samplePackOf(2024), { store, lint: () => [], publishedAt });
  const isRight = async (histories: CachedPolicyHistories) =>
    (await histories.history('sample-city'))?.versions[0]?.pack.version === '2024-01-01';
  const meet = async (known: boolean) => {
    const { proxy, client } = await clientBehind(dynamoDb);
    const fresh = () =>
      new CachedPolicyHistories(new DynamoPolicyStore(client, tables.policies.name), {
        maxAgeMilliseconds: 0,
        retryAfterMilliseconds: 100,
      });
    const kept = fresh();
    if (known) await isRight(kept);
    return behind(proxy, () => outcomeOf([PolicyStoreUnavailable], () => isRight(known ? kept : fresh())));
  };
  return [
    {
      name: 'DynamoDB: the policies, nothing known yet',
      faults: { ...all('unavailable'), stale: 'right' },
      meet: () => meet(false),
    },
    { name: 'DynamoDB: the policies, known from before', faults: all('right'), meet: () => meet(true) },
  ];
}

let lastChange = 0;

function stream(dynamoDb: TestDynamoDb): Dependency {
  return {
    name: 'stream: changes to be recorded in the audit',
    // "Recorded" is two bytes, which may be there in time however slowly they come.
    faults: { ...all('unavailable'), stale: 'right', drip: 'either' },
    async meet() {
      const { proxy, client } = await clientBehind(dynamoDb);
      const { log } = recordingObservers();
      const store = new DynamoAuditStore(client, tables.audit.name);
      const handler = consumeStream({ tables: tablesOfStreams, subscribers: [auditChanges(store)], log });
      const since = new Date().toISOString();
      const numbers = Array.from({ length: 5 }, () => ++lastChange);
      return behind(
        proxy,
        async () => {
          const event = { Records: numbers.map((number) => changeRecord(number)) };
          // No time to ask again by itself: the stream delivers again what it says was not taken.
          const { batchItemFailures } = await handler(event, { getRemainingTimeInMillis: () => 0 });
          if (batchItemFailures.length === 0) return 'right';
          if (batchItemFailures[0]?.itemIdentifier === String(numbers[0])) return 'unavailable';
          throw new Error('It says that changes were taken which were not.');
        },
        {
          async settle() {
            const audit = new DynamoAuditStore(dynamoDb.client, tables.audit.name);
            const until = new Date(Date.now() + 1_000).toISOString();
            const recorded = (await collect(audit.list({ since, until }))).flatMap(({ entry }) =>
              entry.type === 'change' ? [Number(entry.sequenceNumber)] : [],
            );
            const own = recorded.filter((number) => numbers.includes(number)).sort((a, b) => a - b);
            if (own.join() !== numbers.join()) throw new Error(`Recorded: ${own}, not ${numbers}.`);
          },
        },
      );
    },
  };
}

function kmsKeys(kms: KmsStandIn): Dependency {
  const context = { purpose: 'test' };
  return {
    name: 'KMS: a key that was not opened before',
    faults: { ...without(all('unavailable'), 'stale') },
    cannot: { stale: 'It keeps no state: the same key opens to the same bytes for ever.' },
    async meet() {
      const proxy = await startFaultProxy(kms.endpoint, refusals.kms);
      // Read by the SDK when the client is made.
      process.env.AWS_ENDPOINT_URL_KMS = proxy.endpoint;
      const keyStore = createKeyStore({ kmsKeyId: 'key-1' });
      return behind(proxy, () => {
        const { bytes, wrapped } = kms.makeKey(context);
        return outcomeOf([KeyStoreUnavailable], async () =>
          (await keyStore.unwrap(wrapped, context)).export().equals(bytes),
        );
      });
    },
  };
}

function keyFile(folder: string): Dependency {
  const context = { purpose: 'test' };
  const path = join(folder, 'fault.key');
  const file = 'A file of this machine: it does not answer late, or by halves over a wire.';
  return {
    name: 'key store: the file of one machine',
    faults: { garbage: 'unavailable', partial: 'unavailable', stale: 'unavailable' },
    cannot: { timeout: file, throttle: file, 'server-error': file, reset: file, drip: file, cut: file },
    async meet() {
      const { key, wrapped } = await new FileKeyStore(path).generateDataKey(context);
      const good = readFileSync(path);
      const other = join(folder, 'other.key');
      await new FileKeyStore(other).generateDataKey(context);
      const contents: Partial<Record<FaultName, Buffer>> = {
        garbage: Buffer.from('no key'),
        partial: good.subarray(0, good.length / 2),
        // From a copy that was made before the key: it opens nothing, and no other bytes come out.
        stale: readFileSync(other),
      };
      return {
        ask: () =>
          outcomeOf([KeyStoreUnavailable, KeyUnreadable], async () =>
            (await new FileKeyStore(path).unwrap(wrapped, context)).equals(key),
          ),
        setFault: (fault) => writeFileSync(path, fault === null ? good : contents[fault]!),
        stop() {},
      };
    },
  };
}

function issuerKeys(): Dependency[] {
  const key = makeKey('fault-1');
  const meet = async (known: boolean): Promise<Meeting> => {
    const issuer = createServer((_, response) => response.end(JSON.stringify(jwksOf(key))));
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
    const proxy = await startFaultProxy(address, refusals.issuer);
    const { algorithms: _, ...settings } = residentIssuer;
    const trusted = issuerOf({ ...settings, jwksUrl: `${proxy.endpoint}/jwks` });
    const fresh = () =>
      new TokenVerifier([trusted], {
        fetchKeys: (url) => fetchIssuerKeys(url, patience.deadlineMilliseconds),
        now: Date.now,
        maxAgeMilliseconds: 0,
        coolDownMilliseconds: 100,
      });
    const kept = fresh();
    const isRight = async (verifier: TokenVerifier) =>
      (await verifier.verify(forge(key, headerOf(key), residentClaims))).caller.kind === 'resident';
    if (known) await isRight(kept);
    return behind(proxy, () => outcomeOf([IssuerKeysUnavailable], () => isRight(known ? kept : fresh())), {
      stop() {
        proxy.stop();
        issuer.closeAllConnections();
        issuer.close();
      },
    });
  };
  return [
    {
      name: 'JWKS: the keys of an issuer, none known yet',
      // A short set may well be whole within the time there is.
      faults: { ...all('unavailable'), stale: 'right', drip: 'either' },
      meet: () => meet(false),
    },
    { name: 'JWKS: the keys of an issuer, known from before', faults: all('right'), meet: () => meet(true) },
  ];
}

function bucket(): Dependency {
  const text = '{"eventId":"a"}\n{"eventId":"b"}\n'.repeat(2);
  const key = 'incoming/public-security/x.ndjson';
  return {
    name: 'S3: a file that was dropped',
    faults: {
      ...without(without(all('unavailable'), 'stale'), 'garbage'),
      // Nobody waits for a file: it is read on from where it broke, and as slowly as it comes.
      drip: 'right',
      partial: 'right',
    },
    cannot: {
      stale: 'The version is named that the message is about.',
      garbage: 'TLS holds the bytes, and each line is checked by itself and reported when it is none.',
    },
    async meet() {
      const s3 = await startS3StandIn('files');
      s3.objects.set(key, Buffer.from(text));
      s3.objects.set(`${key}?v1`, Buffer.from(text));
      const proxy = await startFaultProxy(s3.endpoint, refusals.s3);
      const client = new S3Client({
        ...local,
        endpoint: proxy.endpoint,
        forcePathStyle: true,
        maxAttempts: 2,
        responseChecksumValidation: 'WHEN_REQUIRED',
        requestHandler: {
          connectionTimeout: patience.tryTimeoutMilliseconds,
          requestTimeout: patience.tryTimeoutMilliseconds,
          throwOnRequestTimeout: true,
        },
      });
      const own = new S3ImportBucket(client, 'files');
      return behind(
        proxy,
        // Whatever is thrown makes the queue deliver the message again.
        () =>
          outcomeOf([Error], async () => {
            const parts: Uint8Array[] = [];
            for await (const part of (await own.read(key, 'v1')) ?? []) parts.push(part);
            return Buffer.concat(parts).toString() === text;
          }),
        {
          stop() {
            proxy.stop();
            client.destroy();
            void s3.stop();
          },
        },
      );
    },
  };
}

function without<Kept extends object>(outcomes: Kept, fault: FaultName): Partial<Kept> {
  return Object.fromEntries(Object.entries(outcomes).filter(([name]) => name !== fault)) as Partial<Kept>;
}
