import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import { fieldErrorDetail } from '../contract/field-errors.ts';
import { limits } from '../contract/limits.ts';
import { type ProblemCode, problems } from '../contract/problems.ts';
import type { Route } from '../contract/route.ts';
import { describeIssues, type Fault, wordFault } from './describe-issues.ts';
import type { OperationInput, Step } from './exchange.ts';
import { limitErrors } from './limit-errors.ts';
import { quickTest } from './quick-test.ts';
import { readCaller } from './read-caller.ts';
import { readIdempotencyKey } from './read-idempotency-key.ts';
import { readJsonBody } from './read-json-body.ts';
import { RequestProblem } from './request-problem.ts';

/**
 * Checks path, query and body against the route's schemas, all at once, reads who calls, and puts the operation's typed
 * input in the place of the event: nothing behind this step can see what was not checked.
 */
export function validate(): Step {
  return {
    before: (request) => {
      const { event, internal } = request;
      const route: Route | undefined = internal.route;
      if (route === undefined) throw new RequestProblem('route-not-found');
      const faults: Fault[] = [];
      const caller = readCaller(route, event);
      limitQuery(event);
      const path = readPath(route, event);
      const query = readQuery(route, event, faults);
      const body = route.request.body && checkBody(route.request.body, readJsonBody(event), faults);
      if (faults.length > 0) {
        throw new RequestProblem('invalid-request', {
          errors: (language) => limitErrors(language, faults, (fault) => wordFault(fault, language)),
        });
      }
      const { operationId } = route;
      const idempotencyKey = route.request.idempotencyKey ? readIdempotencyKey(event) : null;
      const input = { operationId, path, query, body, language: internal.language, caller, idempotencyKey };
      request.event = input as unknown as OperationInput as unknown as APIGatewayProxyEvent;
    },
  };
}

function checkBody(schema: z.ZodMiniType, body: unknown, faults: Fault[]): unknown {
  return quickTest(schema)?.(body) ? body : check(schema, body, '', faults);
}

function check(schema: z.ZodMiniType, input: unknown, root: string, faults: Fault[]): unknown {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  // Not spread into push: a hostile body has more issues than a call may have arguments.
  for (const fault of describeIssues(result.error.issues, input, root)) faults.push(fault);
  return undefined;
}

/** A path that cannot name anything names nothing: 404, like any other that does not exist. */
function readPath(route: Route, event: APIGatewayProxyEvent): unknown {
  if (route.request.path === undefined) return undefined;
  const result = route.request.path.safeParse(event.pathParameters ?? {});
  if (result.success) return result.data;
  const notFound = route.problems.find((code: ProblemCode) => problems[code].status === 404);
  throw new RequestProblem(notFound ?? 'route-not-found');
}

/** Before any of it is looked at; how long an address and all headers may be is the gateway's to say (10 KB). */
function limitQuery({ multiValueQueryStringParameters }: APIGatewayProxyEvent): void {
  const values = Object.values(multiValueQueryStringParameters ?? {}).flat();
  const maximum = limits.queryParameters;
  if (values.length <= maximum) return;
  const [code, pointer] = ['too-many-items', '/query'] as const;
  throw new RequestProblem('malformed-request', {
    errors: (language) => [{ pointer, code, detail: fieldErrorDetail(code, language, { maximum }) }],
  });
}

function readQuery(route: Route, event: APIGatewayProxyEvent, faults: Fault[]): unknown {
  if (route.request.query === undefined) return undefined;
  // Without a prototype, so that a parameter called `__proto__` is one like any other: unknown.
  const query: Record<string, unknown> = Object.assign(Object.create(null), event.queryStringParameters);
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    query[name] = values?.at(-1);
    if (values && values.length > 1) {
      const [fault] = describeIssues(
        [{ code: 'custom', path: [name], message: 'repeated-parameter' }],
        query,
        '/query',
      );
      if (fault) faults.push(fault);
    }
  }
  return check(route.request.query, query, '/query', faults);
}
