import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

export interface ProxyRequest {
  readonly method?: string;
  /** The gateway's resource, such as `/v1/services/{code}`. */
  readonly resource: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  /** What the authorizer says of the caller. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

/** A proxy event as API Gateway (REST, version 1) makes it of a request. */
export function proxyEvent(request: ProxyRequest): APIGatewayProxyEvent {
  const headers = { ...request.headers };
  const query = Object.entries(request.query ?? {}).map(([name, value]) => [name, [value].flat()] as const);
  return {
    resource: request.resource,
    path: request.resource.replace(/\{(\w+)\}/g, (_, name: string) => request.path?.[name] ?? ''),
    httpMethod: request.method ?? 'GET',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters:
      query.length === 0 ? null : Object.fromEntries(query.map(([name, values]) => [name, values.at(-1)])),
    multiValueQueryStringParameters:
      query.length === 0 ? null : Object.fromEntries(query.map(([name, values]) => [name, [...values]])),
    pathParameters: request.path === undefined ? null : { ...request.path },
    stageVariables: null,
    body: request.body ?? null,
    isBase64Encoded: request.isBase64Encoded ?? false,
    requestContext: {
      requestId: 'request-1',
      authorizer: request.authorizer ?? null,
    } as APIGatewayProxyEvent['requestContext'],
  };
}

/** A `POST` of a JSON text, as any client would send it. */
export function jsonPost(
  resource: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  authorizer: Readonly<Record<string, unknown>> = {},
) {
  return proxyEvent({
    method: 'POST',
    resource,
    body,
    authorizer,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

/** The context of an invocation with `remaining` milliseconds left. */
export function lambdaContext(remaining = 10_000): Context {
  return {
    awsRequestId: 'invocation-1',
    functionName: 'test',
    functionVersion: '1',
    invokedFunctionArn: 'test',
    memoryLimitInMB: '1024',
    logGroupName: 'test',
    logStreamName: 'test',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => remaining,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
