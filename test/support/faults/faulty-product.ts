import { setTimeout as wait } from 'node:timers/promises';
import {
  DevelopmentIssuer,
  developmentAssurance,
  developmentIssuers,
} from '../../../infra/local/credentials/development-issuer.ts';
import { tables } from '../../../infra/tables.ts';
import { publishPolicy } from '../../../shared/domain/policy/publish-policy.ts';
import { DynamoPolicyStore } from '../../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { callerOfDoor, district } from '../doors/callers.ts';
import { openProductDoors } from '../doors/product-doors.ts';
import { jsonPost } from '../proxy-event.ts';
import { sampleDocument } from '../register.ts';
import { samplePackOf } from '../sample-pack.ts';
import { type FaultName, type FaultProxy, refusals, startFaultProxy } from './fault-proxy.ts';
import { startKmsStandIn } from './kms-stand-in.ts';

export interface ProductCell {
  readonly dependency: FaultyDependency;
  readonly fault: FaultName;
  /** Requests during the fault, and how many of them were answered rightly and with 503. */
  readonly requests: number;
  readonly right: number;
  readonly unavailable: number;
  /** What was answered otherwise, in words; must be empty. */
  readonly wrong: readonly string[];
  readonly slowestMilliseconds: number;
  readonly recoveryMilliseconds: number;
  /** Requests that arrived at the dependency for each that arrives for the same work when all is well. */
  readonly amplification: number;
}

export type FaultyDependency = 'DynamoDB' | 'KMS';

export interface FaultyProduct {
  /**
   * Lets a dependency go wrong for so many rounds of requests, then waits until all is well.
   *
   * @throws when it is not within 30 s, or what was asked during the fault does not end in the same decision.
   */
  run(dependency: FaultyDependency, fault: FaultName, rounds: number): Promise<ProductCell>;
  stop(): Promise<void>;
}

const longestRecovery = 30_000;
const day = '2024-06-01';

interface Asked {
  readonly what: string;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
  readonly milliseconds: number;
}

/** The whole product behind its gateway stand-in, with a proxy before DynamoDB and one before a stand-in of KMS. */
export async function openFaultyProduct(): Promise<FaultyProduct> {
  const dynamoDb = await startFaultProxy('http://127.0.0.1:9', refusals.dynamoDb);
  const kms = await startKmsStandIn();
  const kmsProxy = await startFaultProxy(kms.endpoint, refusals.kms);
  const proxies: Record<FaultyDependency, FaultProxy> = { DynamoDB: dynamoDb, KMS: kmsProxy };
  const doors = await openProductDoors({
    environment: {
      DEFAULT_POLICY: 'sample-city',
      DYNAMODB_ENDPOINT: dynamoDb.endpoint,
      AWS_ENDPOINT_URL_KMS: kmsProxy.endpoint,
      RESIDENT_KEY_ID: 'key-1',
      CREDENTIALS_KEY_ID: 'key-1',
      KEY_FILE: undefined,
    },
  });
  dynamoDb.upstream = doors.dynamoDb.endpoint;
  const store = new DynamoPolicyStore(doors.dynamoDb.client, tables.policies.name);
  await publishPolicy(samplePackOf(2024), { store, lint: () => [], publishedAt: `${day}T00:00:00Z` });
  const issuer = new DevelopmentIssuer(doors.directory);
  const staff = { sub: 'clerk-1', roles: ['clerk'], district, post: 'window-1' };
  const clerk = await issuer.sign(developmentIssuers.staff, staff, 60);

  let next = 0;
  const register = async (serial: number, eventId: string) => {
    const permit = {
      eventId,
      type: 'permit.issued',
      document: sampleDocument(serial),
      occurredOn: '2023-05-06',
      areaCode: district,
    };
    const started = performance.now();
    const event = jsonPost(
      '/v1/registry/events',
      JSON.stringify({ events: [permit] }),
      {},
      callerOfDoor.registry,
    );
    const { statusCode, body, headers = {} } = await doors.invoke('registry', event);
    const retryAfter = headers['Retry-After'];
    return asked(
      'recordEvents',
      started,
      statusCode,
      body,
      retryAfter === undefined ? null : String(retryAfter),
    );
  };
  const ask = async (what: string, path: string, token: string | null, body?: object, key?: string) => {
    const started = performance.now();
    const response = await fetch(doors.address + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const retryAfter = response.headers.get('Retry-After');
    return asked(what, started, response.status, await response.text(), retryAfter);
  };
  /** One of everything about a resident whose key no function has opened yet. */
  const round = async (serial: number): Promise<Asked[]> => {
    const document = sampleDocument(serial);
    const claims = { sub: `resident-${serial}`, acr: developmentAssurance, id_document: { ...document } };
    const token = await issuer.sign(developmentIssuers.residents, claims, 10);
    const check = { document, purpose: 'application', caseNumber: `FAULT-${serial}`, asOf: day };
    const resident = { permit: { status: 'valid', areaCode: district } };
    return Promise.all([
      ask('createEvaluation', '/v1/evaluations', null, { asOf: day, resident }),
      ask('listServices', `/v1/services?asOf=${day}`, null),
      ask('getMyEligibility', `/v1/me/eligibility?asOf=${day}`, token),
      ask('createCounterCheck', '/v1/counter/checks', clerk, check, `fault-${serial}`),
      register(serial, `permit-${serial}`),
    ]);
  };
  const newcomer = async () => {
    const serial = ++next;
    const { status, text } = await register(serial, `permit-${serial}`);
    if (status !== 207 || !/"applied"|"duplicate"/.test(text)) throw new Error(`Not registered: ${status}.`);
    return serial;
  };

  // What is right: the same of everybody, as everybody has the same permit.
  const expected = new Map<string, string>();
  for (const { what, status, text } of await round(await newcomer())) {
    if (status >= 300) throw new Error(`${what} was answered with ${status}: ${text}`);
    expected.set(what, essence(what, text));
  }
  const judge = ({ what, status, retryAfter, text }: Asked): 'right' | 'unavailable' | string => {
    if (status === 503 && retryAfter !== null) return 'unavailable';
    if (status < 300 && essence(what, text) === expected.get(what)) return 'right';
    // An event that is not known to be stored is to be sent again, which is what 503 says of a whole request.
    if (what === 'recordEvents' && status === 207 && text.includes('"failed"')) return 'unavailable';
    return `${what} was answered with ${status} ${text.slice(0, 300)}`;
  };

  return {
    async run(dependency, fault, rounds) {
      const proxy = proxies[dependency];
      const serials: number[] = [];
      for (let number = 0; number <= rounds; number++) serials.push(await newcomer());
      proxy.attempts = 0;
      await round(serials.shift()!);
      const usual = Math.max(1, proxy.attempts);
      proxy.attempts = 0;
      proxy.fault = fault;
      const answers: Asked[][] = [];
      for (const serial of serials) answers.push(await round(serial));
      const amplification = proxy.attempts / (usual * rounds);
      proxy.fault = null;
      const started = performance.now();
      let well = false;
      while (!well) {
        well = (await round(serials[0]!)).every((answer) => judge(answer) === 'right');
        if (well) break;
        if (performance.now() - started > longestRecovery)
          throw new Error(`${dependency} ${fault}: no recovery.`);
        await wait(100);
      }
      const recoveryMilliseconds = performance.now() - started;
      const again = await sameDecisions(serials, answers);
      const verdicts = answers.flat().map(judge);
      return {
        dependency,
        fault,
        requests: verdicts.length,
        right: verdicts.filter((verdict) => verdict === 'right').length,
        unavailable: verdicts.filter((verdict) => verdict === 'unavailable').length,
        wrong: [...verdicts.filter((verdict) => verdict !== 'right' && verdict !== 'unavailable'), ...again],
        slowestMilliseconds: Math.max(...answers.flat().map(({ milliseconds }) => milliseconds)),
        recoveryMilliseconds,
        amplification,
      };
    },
    async stop() {
      dynamoDb.stop();
      kmsProxy.stop();
      kms.stop();
      await doors.stop();
    },
  };

  /** What does not end in one decision when it is sent again with its key, whether it was answered before or not. */
  async function sameDecisions(serials: readonly number[], answers: readonly Asked[][]): Promise<string[]> {
    const faults: string[] = [];
    for (const [place, serial] of serials.entries()) {
      const check = (all: readonly Asked[]) => all.find(({ what }) => what === 'createCounterCheck')!;
      const before = check(answers[place]!);
      const [first, second] = [check(await round(serial)), check(await round(serial))];
      if (first.status !== 201 || first.text !== second.text) faults.push(`two decisions of check ${serial}`);
      if (before.status === 201 && before.text !== first.text)
        faults.push(`another decision of check ${serial}`);
    }
    return faults;
  }
}

function asked(
  what: string,
  started: number,
  status: number,
  text: string,
  retryAfter: string | null,
): Asked {
  return { what, status, retryAfter, text, milliseconds: performance.now() - started };
}

/** An answer without what is of one person or one request only. */
function essence(what: string, text: string): string {
  if (what === 'recordEvents') return JSON.stringify(/"(?:applied|duplicate)"/.test(text));
  return text.replaceAll(/(?:dc|rs)_[\w-]+|FAULT-\d+|"(?:decidedAt|madeAt|createdAt)":"[^"]+"/g, '');
}
