import { describe, expect, it, vi } from 'vitest';
import { fieldErrors } from '../../../shared/contract/field-errors.ts';
import { problemBody } from '../../../shared/contract/problem-body.ts';
import { problems } from '../../../shared/contract/problems.ts';
import { createApi } from '../../../shared/http/create-api.ts';
import type { Operations } from '../../../shared/http/exchange.ts';
import { RequestProblem } from '../../../shared/http/request-problem.ts';
import { jsonPost, lambdaContext, type ProxyRequest, proxyEvent } from '../../support/proxy-event.ts';
import { recordingObservers } from '../../support/recording-log.ts';

/** Operations that answer with what they were given. */
const echo: Operations<'policies'> = {
  listServices: (input) => ({ body: { ...input } }),
  getService: (input) => ({ body: { ...input } }),
  listPolicies: () => ({ body: '{"as":  "written"}' }),
  getPolicyVersion: () => ({ body: { pack: 1 } }),
  getStatus: () => ({ body: { status: 'ok' } }),
  listErrors: () => ({ body: {} }),
  getOpenApi: () => ({ body: {} }),
};

function policiesApi(operations: Partial<Operations<'policies'>> = {}) {
  const observers = recordingObservers();
  const handler = createApi({
    name: 'policies',
    operations: { ...echo, ...operations },
    readProblem: (error) =>
      error instanceof RangeError ? new RequestProblem('unavailable', {}, { cause: error }) : null,
    ...observers,
  });
  const send = (request: ProxyRequest, remaining?: number) =>
    handler(proxyEvent(request), lambdaContext(remaining));
  return { send, ...observers };
}

function evaluationsApi() {
  const handler = createApi({
    name: 'eligibility',
    operations: { createEvaluation: ({ body }) => ({ body: { asOf: body.asOf } }) },
    readProblem: () => null,
    ...recordingObservers(),
  });
  return (body: string, headers?: Record<string, string>) =>
    handler(jsonPost('/v1/evaluations', body, headers), lambdaContext());
}

describe('an answer', () => {
  it('is the JSON of the operation, or its text to the byte', async () => {
    const { send } = policiesApi();
    const services = await send({ resource: '/v1/services', query: { tier: 'B', asOf: '2024-06-01' } });
    expect(services.statusCode).toBe(200);
    expect(JSON.parse(services.body)).toEqual({
      operationId: 'listServices',
      query: { tier: 'B', asOf: '2024-06-01' },
      language: 'zh-CN',
      caller: null,
      idempotencyKey: null,
    });
    expect((await send({ resource: '/v1/policies' })).body).toBe('{"as":  "written"}');
  });

  it('carries security headers, its language and ids', async () => {
    const { send } = policiesApi();
    const headers = { 'accept-language': 'en', 'X-Correlation-Id': 'trace.1_2-3' };
    const answer = await send({ resource: '/v1/policies', headers });
    expect(answer.headers).toMatchObject({
      'Content-Type': 'application/json',
      'Content-Language': 'en',
      Vary: 'Accept-Language',
      'X-Request-Id': 'request-1',
      'X-Correlation-Id': 'trace.1_2-3',
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
    });
  });

  it.each(['', 'a b', 'x'.repeat(65), 'a\r\nSet-Cookie: b', '证'])(
    'does not send back the correlation id %j',
    async (id) => {
      const { send } = policiesApi();
      const answer = await send({ resource: '/v1/policies', headers: { 'x-correlation-id': id } });
      expect(answer.headers).not.toHaveProperty('X-Correlation-Id');
    },
  );

  it('may be kept where the contract says so, and is answered 304 to who has it', async () => {
    const { send } = policiesApi();
    const first = await send({ resource: '/v1/policies' });
    const tag = String(first.headers?.ETag);
    expect(first.headers?.['Cache-Control']).toBe('public, max-age=30, must-revalidate');
    const again = await send({ resource: '/v1/policies', headers: { 'If-None-Match': `"x", ${tag}` } });
    expect(again).toMatchObject({ statusCode: 304, body: '' });
    expect(again.headers).toMatchObject({ ETag: tag, Vary: 'Accept-Language', 'X-Request-Id': 'request-1' });
    expect(again.headers).not.toHaveProperty('Content-Type');
  });

  it('is not kept where it speaks of a person, or is a problem', async () => {
    const evaluation = await evaluationsApi()('{"resident":{}}', { 'If-None-Match': '*' });
    expect(evaluation.statusCode).toBe(200);
    expect(evaluation.headers).toMatchObject({ 'Cache-Control': 'no-store' });
    expect(evaluation.headers).not.toHaveProperty('ETag');
    const { send } = policiesApi();
    const problem = await send({ resource: '/v1/services', query: { tier: 'D' } });
    expect(problem.headers).toMatchObject({ 'Cache-Control': 'no-store' });
  });
});

describe('a problem', () => {
  it('has every field, in the language asked for', async () => {
    const { send, problems: counted, messages } = policiesApi();
    const headers = { 'Accept-Language': 'en' };
    const answer = await send({ resource: '/v1/services', query: { tier: 'D', page: '2' }, headers });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers).toMatchObject({
      'Content-Type': 'application/problem+json',
      'Content-Language': 'en',
      'X-Request-Id': 'request-1',
    });
    expect(problemBody.parse(JSON.parse(answer.body))).toEqual({
      type: '/v1/errors#invalid-request',
      title: problems['invalid-request'].title.en,
      status: 422,
      detail: problems['invalid-request'].remedy.en,
      code: 'invalid-request',
      requestId: 'request-1',
      retryable: false,
      userMessage: problems['invalid-request'].userMessage.en,
      errors: [
        { pointer: '/query/tier', code: 'not-allowed-value', detail: 'This must be one of: A, B, C.' },
        { pointer: '/query/page', code: 'unknown-field', detail: fieldErrors['unknown-field'].en },
      ],
    });
    expect(counted).toEqual(['invalid-request']);
    expect(messages.at(-1)).toMatchObject({
      name: 'requestCompleted',
      fields: { operationId: 'listServices', status: 422, problem: 'invalid-request' },
    });
  });

  it('comes in Chinese where no language is asked for', async () => {
    const answer = await evaluationsApi()('{}');
    expect(answer.headers).toMatchObject({ 'Content-Language': 'zh-CN' });
    expect(JSON.parse(answer.body)).toMatchObject({
      title: problems['invalid-request'].title['zh-CN'],
      errors: [{ pointer: '/resident', code: 'required', detail: '缺少必填项。' }],
    });
  });

  it('says which methods an address knows', async () => {
    const { send } = policiesApi();
    const answer = await send({ method: 'DELETE', resource: '/v1/services/{code}', path: { code: 'x' } });
    expect(answer).toMatchObject({ statusCode: 405, headers: { Allow: 'GET' } });
  });

  it('is 404 for an address of another function, or of none', async () => {
    const { send } = policiesApi();
    for (const resource of ['/v1/evaluations', '/', '/{proxy+}', '__proto__']) {
      expect(JSON.parse((await send({ resource })).body)).toMatchObject({ code: 'route-not-found' });
    }
  });

  it('is 404 of its own for a path that can name nothing', async () => {
    const { send } = policiesApi();
    const answer = await send({ resource: '/v1/services/{code}', path: { code: '../etc' } });
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'service-not-found' });
  });

  it('is made of a parameter that is there twice, and of one called __proto__', async () => {
    const { send } = policiesApi();
    const query = { asOf: ['2024-06-01', '2024-06-02'], ...JSON.parse('{"__proto__":"x"}') };
    const answer = await send({ resource: '/v1/services', query });
    expect(JSON.parse(answer.body).errors).toMatchObject([
      { pointer: '/query/asOf', code: 'repeated-parameter' },
      { pointer: '/query/__proto__', code: 'unknown-field' },
    ]);
  });

  it('is what the function makes of its own errors, and 503 says when to come back', async () => {
    const { send, messages } = policiesApi({
      listPolicies: () => {
        throw new RangeError('no answer');
      },
    });
    const answer = await send({ resource: '/v1/policies' });
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
    expect(messages).toContainEqual({
      name: 'dependencyUnavailable',
      fields: { operationId: 'listPolicies', errorName: 'RangeError' },
    });
  });

  it('is 500 for what nobody expected, told to no one and logged without its message', async () => {
    const {
      send,
      messages,
      problems: counted,
    } = policiesApi({
      listPolicies: async () => {
        throw new TypeError('510104189901010015 is not a function');
      },
    });
    const answer = await send({ resource: '/v1/policies' });
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'internal-error', retryable: true, errors: [] });
    expect(messages[0]).toMatchObject({
      name: 'unexpectedError',
      fields: { operationId: 'listPolicies', errorName: 'TypeError' },
    });
    expect(messages[0]?.fields.stack).not.toHaveLength(0);
    expect(answer.body + JSON.stringify(messages)).not.toContain('510104189901010015');
    expect(counted).toEqual(['internal-error']);
  });

  it('is 503 for a function that is about to run out of its time', async () => {
    const { send } = policiesApi({ listPolicies: () => new Promise(() => {}) });
    const answer = await send({ resource: '/v1/policies' }, 260);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'unavailable' });
  });

  it('is 503 just before five seconds are over, however long the function may run', async () => {
    const begun = performance.now();
    // The request came 4.65 s ago when it is asked how much time is left: 100 ms, and 250 to answer.
    const now = vi
      .spyOn(performance, 'now')
      .mockReturnValueOnce(begun)
      .mockReturnValue(begun + 4_650);
    try {
      const { send } = policiesApi({ listPolicies: () => new Promise(() => {}) });
      let status: number | null = null;
      const answered = send({ resource: '/v1/policies' }, 29_000).then(({ statusCode }) => {
        status = statusCode;
      });
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(status).toBeNull();
      await answered;
      expect(status).toBe(503);
    } finally {
      now.mockRestore();
    }
  }, 1_000);
});

describe('a request', () => {
  it('is answered when the gateway gives it no headers at all', async () => {
    const handler = createApi({
      name: 'policies',
      operations: echo,
      readProblem: () => null,
      ...recordingObservers(),
    });
    const event = proxyEvent({ resource: '/v1/policies' });
    const bare = { ...event, headers: null, multiValueHeaders: null, requestContext: undefined };
    const answer = await handler(bare as never, lambdaContext());
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'X-Request-Id': 'invocation-1' } });
  });

  it('is logged, timed and its metrics published, once', async () => {
    const { send, messages, durations, publications } = policiesApi();
    await send({ resource: '/v1/policies' });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      name: 'requestCompleted',
      fields: { operationId: 'listPolicies', status: 200 },
    });
    expect(durations).toEqual(['listPolicies']);
    expect(publications()).toBe(1);
  });
});
