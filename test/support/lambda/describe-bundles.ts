import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctionsOnce, functionNames } from '../../../infra/bundling.ts';
import { tables } from '../../../infra/tables.ts';
import { routes } from '../../../shared/contract/routes.ts';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import { policyHistory } from '../../../shared/domain/policy/policy-history.ts';
import { publishPolicy } from '../../../shared/domain/policy/publish-policy.ts';
import { DynamoPolicyStore } from '../../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../dynamodb.ts';
import { productPacks } from '../product-packs.ts';
import { jsonPost, proxyEvent } from '../proxy-event.ts';
import { samplePackOf } from '../sample-pack.ts';
import { functionEnvironment } from './function-environment.ts';
import { type FunctionProcess, type LambdaRuntime, startFunction } from './function-process.ts';
import type { Outcome } from './runtime-api.ts';

const all = await functionNames();
const evaluation = (body: object) => jsonPost('/v1/evaluations', JSON.stringify(body));
const asOf = '2026-03-01';

/**
 * An event that any function of its kind takes: the last of its routes, which needs no published policy, without a credential;
 * or a delivery of nothing.
 */
function harmlessEvent(name: string): unknown {
  const route = routes.findLast((candidate) => candidate.function === name);
  if (route === undefined) return { Records: [] };
  return proxyEvent({ method: route.method, resource: route.path });
}

/** A server that takes connections and says nothing. */
async function startSilence() {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { endpoint: `http://127.0.0.1:${port}`, connections: () => connections, stop: () => server.close() };
}

/**
 * What holds for the bundles as they are deployed, each in a process of its own, whatever runs them.
 *
 * @param only some of the functions, and nothing that waits for time to pass; all of it when absent.
 */
export function describeBundles(runtime: LambdaRuntime, only?: readonly string[]): void {
  const names = all.filter((name) => only?.includes(name) ?? true);
  const patiently = it.runIf(only === undefined);
  let folder: string;
  let dynamoDb: TestDynamoDb;
  const running: FunctionProcess[] = [];

  beforeAll(async () => {
    // Away from the sources: what a bundle lacks is not found in their node_modules.
    folder = await mkdtemp(join(tmpdir(), 'bundles-in-runtime-'));
    dynamoDb = await startTestDynamoDb();
    await bundleFunctionsOnce(folder);
  }, 120_000);
  afterEach(async () => {
    await Promise.all(running.splice(0).map((started) => started.stop()));
  });
  afterAll(async () => {
    await dynamoDb.stop();
    await rm(folder, { recursive: true });
  });

  async function start(name: string, environment: Record<string, string> = {}): Promise<FunctionProcess> {
    const started = await startFunction(runtime, join(folder, name), {
      ...functionEnvironment(folder, dynamoDb.endpoint),
      ...environment,
    });
    running.push(started);
    return started;
  }

  const bodyOf = (outcome: Outcome): string => (outcome as { answer: { body: string } }).answer.body;
  const statusOf = (outcome: Outcome): number =>
    (outcome as { answer: { statusCode: number } }).answer.statusCode;

  describe(`every bundle in ${runtime.name}`, { timeout: 60_000 }, () => {
    it.each(names)('starts, takes an event, and another: %s', async (name) => {
      const started = await start(name);
      const first = await started.invoke(harmlessEvent(name));
      const second = await started.invoke(harmlessEvent(name));
      expect(second).toEqual(first);
      if (routes.some((route) => route.function === name)) {
        expect(statusOf(first)).toBeLessThan(500);
        expect(JSON.parse(bodyOf(first))).toEqual(expect.any(Object));
      }
      expect(started.output()).not.toMatch(/unhandled|Left out of the bundles/i);
    });

    it.each(names)('says which variables it misses, and does not start: %s', async (name) => {
      const fault = await startFunction(runtime, join(folder, name), {}).catch((error: Error) => error);
      expect(fault).toBeInstanceOf(Error);
      expect((fault as Error).message).toMatch(/The environment is not what this function needs\. [A-Z_]+: /);
    });

    it('reports what a function throws, and goes on', async () => {
      const started = await start('authorizer');
      const event = {
        type: 'REQUEST',
        methodArn: 'arn:aws:execute-api:local:000000000000:local/local/GET/v1/me/record',
        multiValueHeaders: { Authorization: ['Bearer x.y.z'] },
        requestContext: { requestId: 'request-1', identity: { sourceIp: '127.0.0.1' } },
      };
      for (let invocation = 0; invocation < 2; invocation++) {
        expect(await started.invoke(event)).toMatchObject({ error: { errorMessage: 'Unauthorized' } });
      }
    });
  });

  describe(`the public evaluation in ${runtime.name}`, { timeout: 60_000 }, () => {
    const resident = { permit: { status: 'valid', areaCode: '510107' } };

    it('answers from the packs it was deployed with, to the byte, while the table says nothing', async () => {
      const silence = await startSilence();
      const started = await start('eligibility', { DYNAMODB_ENDPOINT: silence.endpoint });
      const outcome = await started.invoke(evaluation({ asOf, resident }));
      const versions = productPacks()
        .filter(({ policy }) => policy === 'chengdu')
        .map(compilePolicy);
      const options = { asOf: parseCivilDate(asOf)!, explain: 'full', language: 'zh-CN' } as const;
      expect(bodyOf(outcome)).toBe(
        evaluateEligibility(policyHistory('chengdu', versions), resident as never, options),
      );
      silence.stop();
    });

    patiently(
      'goes on answering while the table is silent and Lambda freezes it between requests',
      async () => {
        const silence = await startSilence();
        const started = await start('eligibility', { DYNAMODB_ENDPOINT: silence.endpoint });
        const answers = new Set<string>();
        // Frozen with the answer; while the SDK is loaded; while the table is waited for; after the deadline.
        for (const milliseconds of [0, 80, 400, 1_500]) {
          answers.add(bodyOf(await started.invoke(evaluation({ asOf, resident }))));
          await wait(milliseconds);
          started.freeze();
          await wait(1_200);
          started.thaw();
        }
        expect(answers.size).toBe(1);
        await expect.poll(silence.connections).toBeGreaterThan(0);
        expect(statusOf(await started.invoke(evaluation({ policy: 'elsewhere', asOf, resident })))).toBe(503);
        expect(statusOf(await started.invoke(evaluation({ asOf, resident })))).toBe(200);
        expect(started.output()).toMatch(/"code":"PE4001"/);
        expect(started.output()).not.toMatch(/unhandled/i);
        silence.stop();
      },
    );

    patiently(
      'asks the table about what it was not deployed with, and lets it win where it says otherwise',
      async () => {
        const started = await start('eligibility');
        const elsewhere = evaluation({ policy: 'sample-city', asOf: '2020-06-01', resident });
        // The table is empty: what was deployed is not published, and does not answer.
        expect(statusOf(await started.invoke(evaluation({ asOf, resident })))).toBe(503);
        expect(statusOf(await started.invoke(elsewhere))).toBe(422);
        expect(started.output()).toMatch(/"code":"PE5011".*"policy":"chengdu"/);
        await publishPolicy(samplePackOf(2020), {
          store: new DynamoPolicyStore(dynamoDb.client, tables.policies.name),
          lint: () => [],
          publishedAt: '2026-01-01T00:00:00Z',
        });
        await expect
          .poll(async () => statusOf(await started.invoke(elsewhere)), { timeout: 30_000, interval: 500 })
          .toBe(200);
      },
    );

    it('keeps nothing of one request for the next', async () => {
      const started = await start('eligibility', { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' });
      const plain = evaluation({ asOf, resident: {} });
      const before = bodyOf(await started.invoke(plain));
      const full = bodyOf(await started.invoke(evaluation({ asOf, resident, services: ['legal.aid'] })));
      expect(full).not.toBe(before);
      expect(bodyOf(await started.invoke(plain))).toBe(before);
    });
  });
}
