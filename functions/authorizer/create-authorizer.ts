import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Route } from '../../shared/contract/route.ts';
import { nameOf } from '../../shared/observability/describe-error.ts';
import type { Log } from '../../shared/observability/log.ts';
import type { Measures } from '../../shared/observability/measures.ts';
import { CredentialRefused } from '../../shared/security/credential-refused.ts';
import { authorize, type Verifiers } from './authorize.ts';

export interface Authorizer {
  readonly routes: readonly Pick<Route, 'method' | 'path' | 'door' | 'scopes'>[];
  readonly verifiers: Verifiers;
  readonly log: Log;
  readonly measures: Measures;
}

/** The handler of a REST API's request authorizer. */
export type AuthorizerHandler = (
  event: APIGatewayRequestAuthorizerEvent,
) => Promise<APIGatewayAuthorizerResult>;

/**
 * The handler: {@link authorize}, with its failures in the words the gateway knows. `Unauthorized`, to the letter, is
 * its 401; anything else that is thrown is its failure, which it answers with 503. Neither says what was wrong: that is
 * in the log, in one word.
 */
export function createAuthorizer({ routes, verifiers, log, measures }: Authorizer): AuthorizerHandler {
  return async (event) => {
    log.identify({ requestId: event.requestContext.requestId, correlationId: null });
    try {
      return await authorize(event, routes, verifiers);
    } catch (error) {
      if (error instanceof CredentialRefused) {
        log.write('credentialRefused', { reason: error.reason });
        measures.countProblem('unauthorized');
        throw new Error('Unauthorized');
      }
      log.write('credentialNotChecked', { errorName: nameOf(error) });
      measures.countProblem('unavailable');
      // Without the cause: what a runtime logs of an error is not ours to choose.
      throw new Error('The credential could not be checked.');
    } finally {
      measures.publish();
    }
  };
}
