import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyEvent,
  APIGatewayRequestAuthorizerEvent,
} from 'aws-lambda';
import type { GatewayResponseType } from '../../../shared/contract/gateway-problems.ts';
import type { FunctionInstances } from './function-instances.ts';
import { decideByPolicy } from './policy-decision.ts';

/** What became of a request: let through with what is known of the caller, or refused with the gateway's own answer. */
export type Authorization =
  | { readonly context: Readonly<Record<string, string>>; readonly refusal?: never }
  | { readonly refusal: GatewayResponseType; readonly context?: never };

export type AuthorizerInstances = FunctionInstances<
  APIGatewayRequestAuthorizerEvent,
  APIGatewayAuthorizerResult
>;

export interface GatewayAuthorizerOptions {
  /** How long an answer of the authorizer stands for its `Authorization` header. */
  readonly cacheSeconds: number;
  /** Told of what the authorizer threw, but for `Unauthorized`; callers only see a 503. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds of a clock that is never set back. */
  readonly now?: () => number;
}

interface KeptResult {
  readonly result: APIGatewayAuthorizerResult;
  readonly until: number;
}

/** API Gateway waits that long for an authorizer, and keeps so many bytes of an ARN. */
const timeoutMilliseconds = 10_000;
const maxArnBytes = 1_600;
const maxKept = 10_000;

/**
 * Asks the authorizer who calls, as API Gateway does with a request authorizer that is cached on the `Authorization`
 * header: no header, no question and 401; one answer for all methods as long as it is kept; a policy that does not let
 * the request through is 403; a failure lets nobody in and is not kept.
 */
export class GatewayAuthorizer {
  readonly #instances: AuthorizerInstances;
  readonly #options: Required<GatewayAuthorizerOptions>;
  readonly #kept = new Map<string, KeptResult>();

  constructor(instances: AuthorizerInstances, options: GatewayAuthorizerOptions) {
    this.#instances = instances;
    this.#options = { now: () => performance.now(), ...options };
  }

  async authorize(event: APIGatewayProxyEvent): Promise<Authorization> {
    const header = authorizationOf(event);
    if (header === '') return { refusal: 'UNAUTHORIZED' };
    const { requestContext } = event;
    const arn = methodArn(event);
    if (Buffer.byteLength(arn) > maxArnBytes) return { refusal: 'BAD_REQUEST_PARAMETERS' };
    let result: APIGatewayAuthorizerResult;
    try {
      result = this.#remembered(header) ?? (await this.#ask(event, arn, header));
    } catch (error) {
      if (error instanceof Error && error.message === 'Unauthorized') return { refusal: 'UNAUTHORIZED' };
      this.#options.onError(error);
      return { refusal: 'AUTHORIZER_FAILURE' };
    }
    try {
      const verdict = decideByPolicy(result.policyDocument, arn, requestContext.identity.sourceIp);
      return verdict === 'allow' ? { context: contextOf(result) } : { refusal: 'ACCESS_DENIED' };
    } catch (error) {
      this.#options.onError(error);
      return { refusal: 'AUTHORIZER_CONFIGURATION_ERROR' };
    }
  }

  #remembered(header: string): APIGatewayAuthorizerResult | undefined {
    const kept = this.#kept.get(header);
    if (kept === undefined || this.#options.now() < kept.until) return kept?.result;
    this.#kept.delete(header);
    return undefined;
  }

  async #ask(event: APIGatewayProxyEvent, arn: string, header: string): Promise<APIGatewayAuthorizerResult> {
    const { now, cacheSeconds } = this.#options;
    const { body: _, isBase64Encoded: __, requestContext, ...rest } = event;
    const result = await this.#instances.invoke(
      {
        type: 'REQUEST',
        methodArn: arn,
        ...rest,
        requestContext: { ...requestContext, authorizer: undefined },
      },
      requestContext.requestId,
      timeoutMilliseconds,
    );
    if (cacheSeconds > 0) {
      if (this.#kept.size >= maxKept) this.#kept.clear();
      this.#kept.set(header, { result, until: now() + cacheSeconds * 1_000 });
    }
    return result;
  }
}

/** The value the gateway finds under the header's name: the last one, of several. */
function authorizationOf({ headers }: APIGatewayProxyEvent): string {
  const [, value = ''] =
    Object.entries(headers).findLast(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return value.trim();
}

/** With the path as it was asked for, nothing decoded. */
function methodArn({ httpMethod, path, requestContext }: APIGatewayProxyEvent): string {
  const { accountId, apiId, stage } = requestContext;
  return `arn:aws:execute-api:local:${accountId}:${apiId}/${stage}/${httpMethod}${path}`;
}

/** Values reach functions as text, whatever the authorizer made them. */
function contextOf({ context, principalId }: APIGatewayAuthorizerResult): Record<string, string> {
  const entries = Object.entries(context ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return { ...Object.fromEntries(entries.map(([name, value]) => [name, String(value)])), principalId };
}
