import type { PolicyDocument, Statement } from 'aws-lambda';
import type { Route } from '../../shared/contract/route.ts';
import type { Credential } from '../../shared/security/credential.ts';
import { mayCall } from './may-call.ts';

type PolicyRoute = Pick<Route, 'method' | 'path' | 'door' | 'scopes'>;

const action = 'execute-api:Invoke';

/**
 * The IAM policy of a caller: the methods of this stage they may call, all of them, whichever one they asked for now.
 * The gateway keeps it for the credential and asks it about the next requests, so nothing of the path, the method or
 * the address of this request may be in it.
 *
 * @param methodArn of any method of the stage: `arn:<partition>:execute-api:<region>:<account>:<api>/<stage>/…`.
 */
export function accessPolicy(
  credential: Credential,
  routes: readonly PolicyRoute[],
  methodArn: string,
): PolicyDocument {
  const stage = methodArn.split('/').slice(0, 2).join('/');
  const guarded = routes.filter(({ door }) => door !== 'public');
  const { allowed = [], denied = [] } = Object.groupBy(guarded, (route) =>
    mayCall(credential, route) ? 'allowed' : 'denied',
  );
  const arnOf = (route: PolicyRoute) => `${stage}/${resourceOf(route)}`;
  if (allowed.length === 0) return policy({ Action: action, Effect: 'Deny', Resource: `${stage}/*` });

  const allow: Statement = {
    Action: action,
    Effect: 'Allow',
    Resource: allowed.map(arnOf),
    // Here and not in the verification alone: the next request may come from elsewhere and still be answered by this.
    ...(credential.ipRanges.length > 0 && {
      Condition: { IpAddress: { 'aws:SourceIp': [...credential.ipRanges] } },
    }),
  };
  const swallowed = denied.filter((route) => allowed.some((wider) => covers(wider, route)));
  return swallowed.length === 0
    ? policy(allow)
    : policy(allow, { Action: action, Effect: 'Deny', Resource: swallowed.map(arnOf) });
}

function policy(...Statement: Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement };
}

/** A parameter stands for any text in IAM, slashes too: `GET/v1/decisions/*`. */
function resourceOf({ method, path }: PolicyRoute): string {
  return method + path.replaceAll(/\{\w+\}/g, '*');
}

/** Whether the pattern of one route also fits requests for another, as `/a/*` fits `/a/b/c`. */
function covers(wider: PolicyRoute, route: PolicyRoute): boolean {
  const parts = resourceOf(wider)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resourceOf(route));
}
