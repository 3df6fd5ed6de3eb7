import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { MatchedResource } from './match-resource.ts';

/** The stage name of the stand-in, as events show it. */
export const localStage = 'local';

export interface ProxyEventInput {
  readonly request: {
    readonly method: string;
    readonly httpVersion: string;
    /** Names and values in turn, as they came. */
    readonly rawHeaders: readonly string[];
    /** The caller's address. */
    readonly sourceIp: string;
  };
  readonly matched: MatchedResource;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly body: Buffer;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/**
 * The event that API Gateway (REST, Lambda proxy integration, payload 1.0) makes of a request.
 *
 * The API declares no binary media types, so that every body is handed over as text and `isBase64Encoded` is false;
 * bytes that are not UTF-8 arrive as U+FFFD. What is absent is `null`, not an empty object.
 */
export function proxyEvent(input: ProxyEventInput): APIGatewayProxyEvent {
  const { request, matched, path, query, body, requestId, receivedAt } = input;
  const multiValueHeaders = multiValues(pairs(request.rawHeaders));
  const multiValueQuery = multiValues([...new URLSearchParams(query)]);
  const hasQuery = Object.keys(multiValueQuery).length > 0;
  return {
    resource: matched.resource,
    path,
    httpMethod: request.method,
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: hasQuery ? lastValues(multiValueQuery) : null,
    multiValueQueryStringParameters: hasQuery ? multiValueQuery : null,
    pathParameters: matched.pathParameters === null ? null : { ...matched.pathParameters },
    stageVariables: null,
    requestContext: {
      accountId: '000000000000',
      apiId: localStage,
      authorizer: null,
      protocol: `HTTP/${request.httpVersion}`,
      httpMethod: request.method,
      identity: identity(request.sourceIp, multiValueHeaders),
      path: `/${localStage}${path}`,
      stage: localStage,
      requestId,
      requestTimeEpoch: receivedAt,
      requestTime: new Date(receivedAt).toISOString(),
      resourceId: matched.resource,
      resourcePath: matched.resource,
    },
    body: body.length === 0 ? null : body.toString('utf8'),
    isBase64Encoded: false,
  };
}

function identity(
  sourceIp: string,
  headers: Readonly<Record<string, string[]>>,
): APIGatewayProxyEvent['requestContext']['identity'] {
  return {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp,
    user: null,
    userAgent: (headers['User-Agent'] ?? headers['user-agent'])?.at(-1) ?? null,
    userArn: null,
  };
}

function pairs(flat: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let index = 0; index + 1 < flat.length; index += 2)
    result.push([flat[index] ?? '', flat[index + 1] ?? '']);
  return result;
}

function multiValues(entries: readonly (readonly [string, string])[]): Record<string, string[]> {
  // Without a prototype, so that a parameter called `__proto__` is a parameter like any other.
  const values: Record<string, string[]> = Object.create(null);
  for (const [name, value] of entries) {
    const known = values[name];
    if (known === undefined) values[name] = [value];
    else known.push(value);
  }
  return values;
}

function lastValues(values: Readonly<Record<string, string[]>>): Record<string, string> {
  const last: Record<string, string> = Object.create(null);
  for (const [name, all] of Object.entries(values)) last[name] = all.at(-1) ?? '';
  return last;
}
