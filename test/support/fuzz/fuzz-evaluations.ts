import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { evaluation } from '../../../shared/contract/evaluation/response.ts';
import { problemBody } from '../../../shared/contract/problem-body.ts';
import { problems } from '../../../shared/contract/problems.ts';
import { productPacks } from '../product-packs.ts';
import { lambdaContext } from '../proxy-event.ts';
import { publishedApi } from '../published-api.ts';
import { evaluationRequests, type FuzzRequest } from './evaluation-requests.ts';
import { SECRET } from './mutations.ts';

export interface FuzzReport {
  /** What is wrong with an answer, with the request that got it. */
  readonly faults: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
  /** Bytes of heap in use after garbage collection, at a third of the requests and at the end. */
  readonly heap: { readonly early: number; readonly late: number };
}

const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** Sends generated requests to the function, over the product's own packs, and checks every answer. */
export async function fuzzEvaluations(count: number, seed: number): Promise<FuzzReport> {
  const packs = productPacks();
  const api = await publishedApi({ packs, defaultPolicy: 'chengdu' });
  const codes = Object.keys(packs[0]!.services).filter((code) =>
    packs.every(({ services }) => code in services),
  );
  const faults: string[] = [];
  const statuses: Record<string, number> = {};
  const heap = { early: 0, late: 0 };
  const batches = 10;
  for (let batch = 0; batch < batches; batch++) {
    // In batches: holding every request there is would hide what the function holds on to.
    for (const request of fc.sample(evaluationRequests(codes), {
      seed: seed + batch,
      numRuns: count / batches,
    })) {
      const answer = await api.eligibility(request.event, lambdaContext());
      statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
      const wrong = faultOf(answer);
      if (wrong !== null) faults.push(`${wrong}: ${describeRequest(request)}`);
      if (JSON.stringify([answer.body, api.messages]).includes(SECRET))
        faults.push(`repeated: ${describeRequest(request)}`);
      api.messages.length = 0;
      api.problems.length = 0;
      api.durations.length = 0;
    }
    if (batch === Math.floor(batches / 3)) heap.early = heapInUse();
  }
  heap.late = heapInUse();
  return { faults, statuses, heap };
}

/** What is wrong with an answer, null when nothing is. */
function faultOf({
  statusCode,
  headers,
  body,
}: {
  statusCode: number;
  headers?: object | undefined;
  body: string;
}): string | null {
  if (statusCode >= 500) return `status ${statusCode}`;
  if (body.length > 1_000_000) return `an answer of ${body.length} characters`;
  const json = JSON.parse(body);
  if (statusCode === 200) {
    const result = evaluation.safeParse(json);
    return result.success ? null : `not an evaluation (${result.error.issues[0]?.path.join('.')})`;
  }
  const result = problemBody.safeParse(json);
  if (!result.success) return `not a problem (${result.error.issues[0]?.path.join('.')})`;
  const { code, status, errors } = result.data;
  if (status !== statusCode || problems[code as keyof typeof problems]?.status !== statusCode)
    return 'another status';
  if (JSON.stringify(headers).includes('application/problem+json') === false) return 'another content type';
  if (errors.length === 0) return 'a problem without errors';
  if (errors.some(({ pointer }) => !POINTER.test(pointer))) return 'an error without pointer';
  if (errors.some(({ detail }) => detail === '' || detail.includes('{'))) return 'an error without words';
  return null;
}

function describeRequest({ kind, event }: FuzzRequest): string {
  return `${kind} ${JSON.stringify(event.headers)} ${(event.body ?? 'null').slice(0, 2_000)}`;
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  return process.memoryUsage().heapUsed;
}
