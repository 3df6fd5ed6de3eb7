import { AuthorizationType, type IAuthorizer, type MethodOptions } from 'aws-cdk-lib/aws-apigateway';
import type { Door } from '../../shared/contract/door.ts';
import type { Route } from '../../shared/contract/route.ts';

/**
 * Who lets callers through each door: an authorizer, or nobody for the public door. A door that is not
 * listed has no authorizer yet, and so no route of it can be deployed.
 */
export type DoorAuthorizers = { readonly public: 'open' } & {
  readonly [Guarded in Exclude<Door, 'public'>]?: IAuthorizer;
};

/**
 * The authorization settings of a route's method.
 *
 * @throws Error when the route's door has no authorizer: an open method must never be the result of a
 * forgotten line.
 */
export function authorizationOf(
  route: Pick<Route, 'operationId' | 'door'>,
  authorizers: DoorAuthorizers,
): Pick<MethodOptions, 'authorizationType' | 'authorizer'> {
  const authorizer = authorizers[route.door];
  if (authorizer === 'open') return { authorizationType: AuthorizationType.NONE };
  if (authorizer === undefined) {
    throw new Error(
      `${route.operationId} is behind the ${route.door} door, which has no authorizer. Add one to the API stack.`,
    );
  }
  return {
    authorizer,
    ...(authorizer.authorizationType && { authorizationType: authorizer.authorizationType }),
  };
}
