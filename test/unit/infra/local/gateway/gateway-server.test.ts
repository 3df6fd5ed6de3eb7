import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { FunctionInstances } from '../../../../../infra/local/gateway/function-instances.ts';
import type { AuthorizerInstances } from '../../../../../infra/local/gateway/gateway-authorizer.ts';
import { createGatewayServer } from '../../../../../infra/local/gateway/gateway-server.ts';
import { problemBody } from '../../../../../shared/contract/problem-body.ts';
import type { Route } from '../../../../../shared/contract/route.ts';

/** A function that answers with the event it was given, or as its query asks. */
const echoFunction = `
  let events = 0;
  let busy = false;
  const instance = String(Math.random());
  export async function handler(event, context) {
    if (busy) throw new Error('two events at once');
    busy = true;
    await new Promise((resolve) => setTimeout(resolve, 5));
    busy = false;
    const { mode } = event.queryStringParameters ?? {};
    if (mode === 'throw') throw new Error('a fault');
    if (mode === 'nonsense') return { answer: 42 };
    if (mode === 'binary') return { statusCode: 200, headers: {}, body: 'AAEC', isBase64Encoded: true };
    if (mode === 'cookies') return { statusCode: 200, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: '' };
    if (mode === 'empty') return { statusCode: 304, headers: { ETag: '"1"' }, body: '' };
    const left = context.getRemainingTimeInMillis();
    return { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ event, events: ++events, instance, left }) };
  }`;

function route(method: Route['method'], path: Route['path'], door: Route['door'] = 'public'): Route {
  return {
    operationId: `${method}${path}`,
    method,
    path,
    door,
    function: 'eligibility',
    scopes: [],
    tag: '',
    summary: '',
    description: '',
    request: {},
    responses: { 200: { description: '', schema: z.unknown(), caching: 'no-store' } },
    problems: [],
  };
}

let directory: string;
let server: Server;
let port: number;
let address: string;
const errors: unknown[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gateway-'));
  const file = join(directory, 'handler.mjs');
  await writeFile(file, echoFunction);
  const echo = new FunctionInstances('echo', file);
  // Nobody is asked who they are here: gateway-authorizer.test.ts does.
  const authorizer: AuthorizerInstances = new FunctionInstances('authorizer', join(directory, 'none.mjs'));
  server = createGatewayServer({
    routes: [
      route('GET', '/v1/things/{id}'),
      route('POST', '/v1/things'),
      route('GET', '/v1/things'),
      route('GET', '/v1/me/record', 'resident'),
    ],
    functions: Promise.resolve({
      admin: echo,
      counter: echo,
      eligibility: echo,
      partners: echo,
      policies: echo,
      registry: echo,
      residents: echo,
      authorizer,
    }),
    onFunctionError: (_name, error) => errors.push(error),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  address = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true });
});

async function eventOf(path: string, init?: RequestInit): Promise<APIGatewayProxyEvent> {
  const response = await fetch(address + path, init);
  return ((await response.json()) as { event: APIGatewayProxyEvent }).event;
}

async function problemOf(response: Response) {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(response.headers.get('Content-Language')).toBe('zh-CN, en');
  expect(response.headers.get('Vary')).toBe('Accept-Language');
  const problem = problemBody.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get('X-Request-Id'));
  return problem;
}

/** Sends bytes as they are and reads until the server closes. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}

describe('the event a function is given', () => {
  it('has the resource, the decoded parameters and all values of headers and query', async () => {
    const event = await eventOf('/v1/things/a%20b?x=1&x=2&y=a%2Bb&z=%E6%B3%95', {
      headers: { 'X-Thing': 'one', 'User-Agent': 'test' },
    });
    expect(event).toMatchObject({
      resource: '/v1/things/{id}',
      path: '/v1/things/a%20b',
      httpMethod: 'GET',
      pathParameters: { id: 'a b' },
      queryStringParameters: { x: '2', y: 'a+b', z: '法' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['a+b'], z: ['法'] },
      body: null,
      isBase64Encoded: false,
      stageVariables: null,
      requestContext: {
        resourcePath: '/v1/things/{id}',
        httpMethod: 'GET',
        stage: 'local',
        identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
      },
    });
    expect(event.multiValueHeaders['x-thing'] ?? event.multiValueHeaders['X-Thing']).toEqual(['one']);
  });

  it('keeps every value of a repeated header, and the last one alone', async () => {
    const event = await new Promise<APIGatewayProxyEvent>((resolve, reject) => {
      httpRequest(`${address}/v1/things`, { headers: { 'X-Thing': ['one', 'two'] } }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve(JSON.parse(text).event);
      })
        .on('error', reject)
        .end();
    });
    expect(event.multiValueHeaders['X-Thing']).toEqual(['one', 'two']);
    expect(event.headers['X-Thing']).toBe('two');
  });

  it('has null for what is not there', async () => {
    await expect(eventOf('/v1/things')).resolves.toMatchObject({
      pathParameters: null,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      body: null,
    });
  });

  it('has the body as text, whatever its bytes', async () => {
    const text = await eventOf('/v1/things', { method: 'POST', body: '{"a":"法"}' });
    expect([text.body, text.isBase64Encoded]).toEqual(['{"a":"法"}', false]);
    const bytes = await eventOf('/v1/things', { method: 'POST', body: new Uint8Array([0x61, 0xff]) });
    expect([bytes.body, bytes.isBase64Encoded]).toEqual(['a\ufffd', false]);
  });

  it('has a parameter called __proto__ like any other', async () => {
    const event = await eventOf('/v1/things?__proto__=1');
    expect(Object.entries(event.queryStringParameters ?? {})).toEqual([['__proto__', '1']]);
  });

  it('comes alone to an instance, and another instance takes the next', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await fetch(`${address}/v1/things`);
        return (await response.json()) as { instance: string; left: number };
      }),
    );
    const instances = new Set(answers.map(({ instance }) => instance));
    expect(instances.size).toBeGreaterThan(1);
    expect(instances.size).toBeLessThanOrEqual(8);
    for (const { left } of answers) expect(left).toBeLessThanOrEqual(29_000);
  });
});

describe('the answer of a function', () => {
  it('may be binary, have several headers of one name, or no body', async () => {
    const binary = await fetch(`${address}/v1/things?mode=binary`);
    expect(new Uint8Array(await binary.arrayBuffer())).toEqual(new Uint8Array([0, 1, 2]));
    expect(binary.headers.get('Content-Length')).toBe('3');
    const cookies = await fetch(`${address}/v1/things?mode=cookies`);
    expect(cookies.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const empty = await fetch(`${address}/v1/things?mode=empty`);
    expect([empty.status, empty.headers.get('ETag'), await empty.text()]).toEqual([304, '"1"', '']);
  });

  it.each(['throw', 'nonsense'])('becomes a 500 that tells nothing when it is a fault: %s', async (mode) => {
    const before = errors.length;
    const response = await fetch(`${address}/v1/things?mode=${mode}`);
    await expect(problemOf(response)).resolves.toMatchObject({ code: 'internal-error', status: 500 });
    expect(errors).toHaveLength(before + 1);
  });
});

describe('what the gateway answers by itself', () => {
  it.each(['/', '/v1/nothing', '/v1/things/', '/v1/things/a/b'])('404 at %s', async (path) => {
    await expect(problemOf(await fetch(address + path))).resolves.toMatchObject({ code: 'route-not-found' });
  });

  it('400 to a path that cannot be decoded', async () => {
    await expect(problemOf(await fetch(`${address}/v1/things/%ff`))).resolves.toMatchObject({
      code: 'malformed-request',
    });
  });

  it('leaves the other methods of a path to the function, which knows what to allow', async () => {
    const event = await eventOf('/v1/things/1', { method: 'DELETE' });
    expect([event.httpMethod, event.resource]).toEqual(['DELETE', '/v1/things/{id}']);
  });

  it('the preflight of a public path, and of no other', async () => {
    const allowed = await fetch(`${address}/v1/things`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://example.org', 'Access-Control-Request-Method': 'POST' },
    });
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(allowed.headers.get('Access-Control-Allow-Methods')?.split(',').sort()).toEqual(['GET', 'POST']);
    const event = await eventOf('/v1/me/record', { method: 'OPTIONS' });
    expect(event.httpMethod).toBe('OPTIONS');
  });

  it.each([
    ['announced', new Uint8Array(10 * 1024 * 1024 + 1)],
    [
      'in chunks of unknown number',
      new ReadableStream({
        start(controller) {
          for (let chunk = 0; chunk < 12; chunk++) controller.enqueue(new Uint8Array(1024 * 1024));
          controller.close();
        },
      }),
    ],
  ])('413 to more than 10 MB, %s', async (_, body) => {
    const response = await fetch(`${address}/v1/things`, {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit);
    await expect(problemOf(response)).resolves.toMatchObject({ code: 'payload-too-large', status: 413 });
  });

  it('hands a body of just 10 MB on', async () => {
    const event = await eventOf('/v1/things', { method: 'POST', body: 'a'.repeat(10 * 1024 * 1024) });
    expect(event.body?.length).toBe(10 * 1024 * 1024);
  });

  it.each([
    ['no HTTP', 'nonsense\r\n\r\n'],
    ['a head that is too long', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
  ])('400 to what is %s', async (_, bytes) => {
    const [head = '', body = ''] = (await raw(bytes)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(head).toContain('Content-Type: application/problem+json');
    expect(problemBody.parse(JSON.parse(body)).code).toBe('malformed-request');
  });

  it('answers the absolute form of a request line like any other', async () => {
    const answer = await raw(
      'GET http://example.org/v1/things HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('goes on serving after a caller hung up in the middle of a body', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
        setTimeout(() => socket.destroy(), 20);
      });
      socket.on('close', () => resolve());
    });
    expect((await fetch(`${address}/v1/things`)).status).toBe(200);
  });
});
