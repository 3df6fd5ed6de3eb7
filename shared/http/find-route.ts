import type { FunctionName } from '../contract/route.ts';
import { type KnownRoute, routes } from '../contract/routes.ts';
import type { Step } from './exchange.ts';
import { RequestProblem } from './request-problem.ts';

/**
 * Finds the operation by method and by the gateway's own resource (`/v1/services/{code}`): the gateway has matched the
 * path already, and a second matcher could come to another result.
 */
export function findRoute(name: FunctionName): Step {
  const resources = new Map<string, Map<string, KnownRoute>>();
  for (const route of routes) {
    if (route.function !== name) continue;
    const methods = resources.get(route.path) ?? new Map<string, KnownRoute>();
    resources.set(route.path, methods.set(route.method, route));
  }
  return {
    before: ({ event, internal }) => {
      const methods = resources.get(event.resource);
      if (methods === undefined) throw new RequestProblem('route-not-found');
      const route = methods.get(event.httpMethod);
      if (route === undefined) {
        throw new RequestProblem('method-not-allowed', {
          headers: { Allow: [...methods.keys()].join(', ') },
        });
      }
      internal.route = route;
    },
  };
}
