import { randomUUID } from 'node:crypto';
import { createServer, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { GatewayResponseType } from '../../../shared/contract/gateway-problems.ts';
import type { FunctionName, Route } from '../../../shared/contract/route.ts';
import { authorizerCacheSeconds } from '../../authorizer-cache.ts';
import { gatewayAnswer, publicPreflightHeaders } from '../../gateway-answers.ts';
import { AnswerEncoder } from './answer-encoder.ts';
import type { FunctionInstances } from './function-instances.ts';
import { type AuthorizerInstances, GatewayAuthorizer } from './gateway-authorizer.ts';
import { createResourceMatcher, malformedPath } from './match-resource.ts';
import { proxyEvent } from './proxy-event.ts';
import { bodyTooLarge, readBody } from './read-body.ts';

/** API Gateway's own limits: what it lets through at all, and how long it waits for a function. */
const bodyLimitBytes = 10 * 1024 * 1024;
/** Of the request line and all headers together. */
const headLimitBytes = 10_240;
const integrationTimeoutMilliseconds = 29_000;
/** What a path is called that leads to nothing. */
const noResource = '(no such path)';

/** The functions behind the gateway: those that serve routes, and the one that says who may. */
export type GatewayFunctions = Readonly<Record<FunctionName, FunctionInstances>> & {
  readonly authorizer: AuthorizerInstances;
};

export interface GatewayOptions {
  readonly routes: readonly Route[];
  /** Resolves when the functions can be called; requests that come earlier wait. */
  readonly functions: Promise<GatewayFunctions>;
  /** How long an answer of the authorizer is kept; as long as API Gateway is told to, when absent. */
  readonly authorizerCacheSeconds?: number;
  /** Told of each answer, for the console: by its resource, as people put all kinds of things into a path. */
  readonly onAnswer?: (answer: {
    method: string;
    resource: string;
    status: number;
    milliseconds: number;
  }) => void;
  /** Told of what a function threw or answered wrongly; callers only see a 500. */
  readonly onFunctionError?: (name: keyof GatewayFunctions, error: unknown) => void;
}

/** The methods of one path of the API. */
interface Resource {
  readonly routes: readonly [Route, ...Route[]];
}

/**
 * An HTTP server that stands in for API Gateway: routing, events, limits, preflights, the authorizer and its own
 * problems.
 */
export function createGatewayServer(options: GatewayOptions): Server {
  const resources = new Map<string, Resource>();
  for (const [path, routes] of Map.groupBy(options.routes, (route) => route.path)) {
    const [first, ...rest] = routes;
    if (first !== undefined) resources.set(path, { routes: [first, ...rest] });
  }
  const match = createResourceMatcher(resources.keys());
  const encoder = new AnswerEncoder();
  const authorizer = options.functions.then(
    (functions) =>
      new GatewayAuthorizer(functions.authorizer, {
        cacheSeconds: options.authorizerCacheSeconds ?? authorizerCacheSeconds,
        onError: (error) => options.onFunctionError?.('authorizer', error),
      }),
  );
  // Whoever waits for the functions hears of it.
  authorizer.catch(() => {});

  const server = createServer({ maxHeaderSize: headLimitBytes }, async (request, response) => {
    const receivedAt = Date.now();
    const started = performance.now();
    const requestId = randomUUID();
    const { path, query } = splitTarget(request.url ?? '/');
    const matched = match(path);
    const finish = (status: number) =>
      options.onAnswer?.({
        method: request.method ?? 'GET',
        resource: matched === null || matched === malformedPath ? noResource : matched.resource,
        status,
        milliseconds: performance.now() - started,
      });
    const refuse = (type: GatewayResponseType) => {
      finish(sendGatewayAnswer(response, type, requestId));
    };

    if (matched === malformedPath) return refuse('BAD_REQUEST_PARAMETERS');
    const resource = matched === null ? undefined : resources.get(matched.resource);
    if (matched === null || resource === undefined) return refuse('MISSING_AUTHENTICATION_TOKEN');
    if (request.method === 'OPTIONS' && isPublic(resource)) {
      return finish(sendPreflight(response, resource, requestId));
    }
    let body: Buffer | typeof bodyTooLarge;
    try {
      body = await readBody(request, bodyLimitBytes);
    } catch {
      return; // The caller is gone: there is nobody to answer.
    }
    if (body === bodyTooLarge) {
      response.setHeader('Connection', 'close');
      return refuse('REQUEST_TOO_LARGE');
    }
    const asked = resource.routes.find(({ method }) => method === request.method);
    // What is left of a path's methods is answered 405 by the function, whoever asks.
    const route = asked ?? resource.routes[0];
    try {
      const functions = await options.functions;
      let event = proxyEvent({
        request: {
          method: request.method ?? 'GET',
          httpVersion: request.httpVersion,
          rawHeaders: request.rawHeaders,
          sourceIp: request.socket.remoteAddress ?? '',
        },
        matched,
        path,
        query,
        body,
        requestId,
        receivedAt,
      });
      if (asked !== undefined && asked.door !== 'public') {
        const { context, refusal } = await (await authorizer).authorize(event);
        if (refusal !== undefined) return refuse(refusal);
        event = { ...event, requestContext: { ...event.requestContext, authorizer: { ...context } } };
      }
      const result = await withinTime(
        functions[route.function].invoke(event, requestId, integrationTimeoutMilliseconds),
      );
      if (result === 'timeout') return refuse('INTEGRATION_TIMEOUT');
      return finish(sendResult(response, result, encoder));
    } catch (error) {
      options.onFunctionError?.(route.function, error);
      return response.headersSent ? response.destroy() : refuse('DEFAULT_5XX');
    }
  });
  server.on('clientError', answerUnreadableRequest);
  return server;
}

/** Splits what stands in the request line, without resolving dots or decoding anything. */
function splitTarget(target: string): { path: string; query: string } {
  const withoutOrigin = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const [path = '', ...query] = withoutOrigin.split('?');
  return { path: path === '' ? '/' : path, query: query.join('?') };
}

function isPublic({ routes }: Resource): boolean {
  return routes.every((route) => route.door === 'public');
}

async function withinTime(
  result: Promise<APIGatewayProxyResult>,
): Promise<APIGatewayProxyResult | 'timeout'> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(resolve, integrationTimeoutMilliseconds, 'timeout');
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function sendResult(response: ServerResponse, result: APIGatewayProxyResult, encoder: AnswerEncoder): number {
  const { statusCode, headers = {}, multiValueHeaders = {}, body, isBase64Encoded = false } = result;
  if (!Number.isInteger(statusCode)) throw new TypeError('The function answered without a status code.');
  const head: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) head[name] = String(value);
  for (const [name, values] of Object.entries(multiValueHeaders)) head[name] = values.map(String);
  const bytes = isBase64Encoded ? Buffer.from(body ?? '', 'base64') : encoder.encode(body ?? '');
  if (statusCode !== 204 && statusCode !== 304) head['Content-Length'] = bytes.length;
  response.writeHead(statusCode, head);
  response.end(bytes);
  return statusCode;
}

function sendGatewayAnswer(response: ServerResponse, type: GatewayResponseType, requestId: string): number {
  const { status, headers, body } = gatewayAnswer(type, requestId);
  response.writeHead(status, {
    ...headers,
    'Content-Length': Buffer.byteLength(body),
    'X-Request-Id': requestId,
  });
  response.end(body);
  return status;
}

function sendPreflight(response: ServerResponse, { routes }: Resource, requestId: string): number {
  response.writeHead(204, {
    ...publicPreflightHeaders(routes.map(({ method }) => method)),
    'X-Request-Id': requestId,
  });
  response.end();
  return 204;
}

/** A request that is not HTTP, or whose head is too long, is answered with a problem as well. */
function answerUnreadableRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const { status, headers, body } = gatewayAnswer('BAD_REQUEST_PARAMETERS', requestId);
  const head = Object.entries({
    ...headers,
    'X-Request-Id': requestId,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} Bad Request\r\n${head.join('\r\n')}\r\n\r\n${body}`);
}
