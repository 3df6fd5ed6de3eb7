import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { callers, doorOfKind } from '../../shared/contract/caller.ts';
import type { Route } from '../../shared/contract/route.ts';
import type { Credential } from '../../shared/security/credential.ts';
import { CredentialRefused } from '../../shared/security/credential-refused.ts';
import { accessPolicy } from './access-policy.ts';

/** How each scheme of the `Authorization` header is verified. */
export interface Verifiers {
  readonly verifyToken: (token: string) => Promise<Credential>;
  readonly verifyApiKey: (key: string, sourceIp: string) => Promise<Credential>;
}

/**
 * What the gateway is told of a request's credential: who calls, and every method they may call.
 *
 * @throws CredentialRefused, and what the verifiers throw when they cannot tell.
 */
export async function authorize(
  event: APIGatewayRequestAuthorizerEvent,
  routes: readonly Pick<Route, 'method' | 'path' | 'door' | 'scopes'>[],
  verifiers: Verifiers,
): Promise<APIGatewayAuthorizerResult> {
  const credential = await verify(event, verifiers);
  const { caller, usageIdentifier } = credential;
  return {
    // Stands in the gateway's own logs and metrics: what kind of caller, and nothing of which one.
    principalId: caller.kind,
    policyDocument: accessPolicy(credential, routes, event.methodArn),
    // By the schema the functions read it by, so that one cannot differ from the other.
    context: callers[doorOfKind[caller.kind]].parse(caller),
    ...(usageIdentifier !== null && { usageIdentifierKey: usageIdentifier }),
  };
}

async function verify(
  event: APIGatewayRequestAuthorizerEvent,
  { verifyToken, verifyApiKey }: Verifiers,
): Promise<Credential> {
  const [, scheme, credential] = /^(\S+) (\S+)$/.exec(authorizationOf(event)) ?? [];
  switch (scheme?.toLowerCase()) {
    case 'bearer':
      return verifyToken(credential!);
    case 'apikey':
      return verifyApiKey(credential!, event.requestContext.identity.sourceIp);
    default:
      throw new CredentialRefused('unknown-scheme');
  }
}

/** The one `Authorization` header; of two, nobody could say which one the gateway keeps the answer for. */
function authorizationOf({ multiValueHeaders }: APIGatewayRequestAuthorizerEvent): string {
  const values = Object.entries(multiValueHeaders ?? {})
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .flatMap(([, all]) => all ?? []);
  const [value] = values;
  if (value === undefined || values.length !== 1) throw new CredentialRefused('no-credential');
  return value;
}
