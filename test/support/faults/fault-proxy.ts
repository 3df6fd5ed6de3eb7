import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What a dependency can do to whoever asks it. */
export const faultNames = [
  /** Takes the request and never answers. */
  'timeout',
  /** Says that it is asked too much. */
  'throttle',
  /** Says that it has failed. */
  'server-error',
  /** Breaks the connection without a byte. */
  'reset',
  /** Does what it is asked, and answers byte after byte. */
  'drip',
  /** Answers "all is well" with what is no answer: half of one, or a page for people. */
  'garbage',
  /** Answers reads that need not be consistent as it did the first time it was asked so. */
  'stale',
  /** Does what it is asked, and breaks the connection amid its answer. */
  'partial',
  /** Does what it is asked, and breaks the connection before its answer. */
  'cut',
] as const;

export type FaultName = (typeof faultNames)[number];

/** What a service says when it is asked too much, or has failed. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface FaultProxy {
  readonly endpoint: string;
  /** Where requests go. */
  upstream: string;
  fault: FaultName | null;
  /** Requests that arrived since it was set to 0 last. */
  attempts: number;
  stop(): void;
}

const dripMilliseconds = 20;

/** Stands before a service that speaks HTTP/1.1, and goes wrong when it is told to. */
export async function startFaultProxy(
  upstream: string,
  refusals: { readonly throttle: Refusal; readonly 'server-error': Refusal },
): Promise<FaultProxy> {
  const firstAnswers = new Map<string, Answer>();
  const server = createServer((request, response) => {
    // Whoever asked may be gone.
    response.on('error', () => {});
    treat(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    upstream,
    fault: null,
    attempts: 0,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return proxy;

  async function treat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    proxy.attempts++;
    const attempt = proxy.attempts;
    const { fault } = proxy;
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    switch (fault) {
      case 'timeout':
        return;
      case 'reset':
        return void request.socket.resetAndDestroy();
      case 'throttle':
      case 'server-error': {
        const { status, type, body: text } = refusals[fault];
        return void response.writeHead(status, { 'Content-Type': type }).end(text);
      }
      case 'garbage': {
        const text = attempt % 2 === 0 ? '{"Item":{"pk":{"S":' : '<html><body>Please sign in</body></html>';
        return void response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).end(text);
      }
      case 'stale': {
        const first = firstAnswers.get(nameOf(request, body));
        if (first !== undefined && !body.includes('"ConsistentRead":true')) return send(response, first);
        return send(response, await forward(request, body));
      }
      case 'drip':
        return drip(response, await forward(request, body));
      case 'partial':
        return cutAmid(response, await forward(request, body));
      case 'cut':
        await forward(request, body);
        return void request.socket.resetAndDestroy();
      case null: {
        const answer = await forward(request, body);
        const name = nameOf(request, body);
        if (!firstAnswers.has(name)) firstAnswers.set(name, answer);
        return send(response, answer);
      }
    }
  }

  async function forward(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const {
      connection: _,
      host: __,
      'content-length': ___,
      'transfer-encoding': ____,
      ...headers
    } = request.headers;
    const { expect: _____, ...sent } = headers;
    const { method = 'GET' } = request;
    const answer = await fetch(proxy.upstream + request.url, {
      method,
      headers: sent as Record<string, string>,
      body: method === 'GET' || method === 'HEAD' ? null : body,
    });
    const kept = ['content-type', 'etag', 'content-range'].flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return {
      status: answer.status,
      headers: Object.fromEntries(kept),
      body: Buffer.from(await answer.arrayBuffer()),
    };
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function nameOf({ method, url, headers }: IncomingMessage, body: Buffer): string {
  return `${method} ${url} ${headers['x-amz-target']} ${headers.range} ${body.toString('latin1')}`;
}

function begin(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
}

function send(response: ServerResponse, answer: Answer): void {
  begin(response, answer);
  response.end(answer.body);
}

async function drip(response: ServerResponse, answer: Answer): Promise<void> {
  begin(response, answer);
  for (const byte of answer.body) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await wait(dripMilliseconds);
  }
  response.end();
}

function cutAmid(response: ServerResponse, answer: Answer): void {
  begin(response, answer);
  response.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)), () =>
    setTimeout(() => response.destroy(), 2),
  );
}

const awsJson = 'application/x-amz-json-1.0';
const json = (type: string) => JSON.stringify({ __type: type, message: '' });

/** How the services of AWS and an issuer say that they are asked too much, or have failed. */
export const refusals = {
  dynamoDb: {
    throttle: { status: 400, type: awsJson, body: json('ProvisionedThroughputExceededException') },
    'server-error': { status: 500, type: awsJson, body: json('InternalServerError') },
  },
  kms: {
    throttle: { status: 400, type: awsJson, body: json('ThrottlingException') },
    'server-error': { status: 500, type: awsJson, body: json('KMSInternalException') },
  },
  s3: {
    throttle: { status: 503, type: 'application/xml', body: '<Error><Code>SlowDown</Code></Error>' },
    'server-error': {
      status: 500,
      type: 'application/xml',
      body: '<Error><Code>InternalError</Code></Error>',
    },
  },
  issuer: {
    throttle: { status: 429, type: 'text/plain', body: 'Too many requests' },
    'server-error': { status: 503, type: 'text/plain', body: 'Unavailable' },
  },
} as const;
