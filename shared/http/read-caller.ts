import type { APIGatewayProxyEvent } from 'aws-lambda';
import { callers } from '../contract/caller.ts';
import type { Route } from '../contract/route.ts';
import { RequestProblem } from './request-problem.ts';

/**
 * Who calls, from what the authorizer of the route's door put beside the request; null on the public door.
 *
 * @throws RequestProblem 403 for a caller of another door, and where no authorizer has spoken: nobody passes by omission.
 */
export function readCaller({ door }: Route, event: APIGatewayProxyEvent): unknown {
  if (door === 'public') return null;
  const result = callers[door].safeParse(event.requestContext?.authorizer ?? {});
  if (!result.success) throw new RequestProblem('forbidden');
  return result.data;
}
