import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { FunctionName } from '../contract/route.ts';
import type { Log } from '../observability/log.ts';
import type { Measures } from '../observability/measures.ts';
import { correlate } from './correlate.ts';
import { answerPreflight } from './cross-origin.ts';
import type { Exchange, OperationInput, Operations, Reply } from './exchange.ts';
import { findRoute } from './find-route.ts';
import { negotiateLanguage } from './negotiate-language.ts';
import { observe } from './observe.ts';
import { type ProblemReader, reportProblem } from './report-problem.ts';
import { respond } from './respond.ts';
import { validate } from './validate.ts';

export interface Api<Name extends FunctionName> {
  /** The function whose routes are served. */
  readonly name: Name;
  readonly operations: Operations<Name>;
  readonly readProblem: ProblemReader;
  readonly log: Log;
  readonly measures: Measures;
  /** The origins whose pages may use the guarded doors; none when absent. */
  readonly allowedOrigins?: readonly string[];
}

/** A Lambda handler of proxy events: two arguments, for one with a third (a callback) dies on Node 24. */
export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Milliseconds a request may take, however long the function may run: whoever waits in front of a screen has given up by then. */
const TIME_FOR_REQUEST = 5_000;

/** Milliseconds kept back from the function's time, to answer 503 instead of being cut off without an answer. */
const TIME_TO_ANSWER = 250;

/**
 * The handler of a function: the chain every request passes, in this order, and its answer in the reverse one.
 * Problems are made inside of `respond`, so that they get the same headers, and `observe` sees what is sent.
 */
export function createApi<Name extends FunctionName>(api: Api<Name>): ApiHandler {
  const { allowedOrigins = [] } = api;
  const chain = middy<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Context, Exchange>({
    timeoutEarlyInMillis: TIME_TO_ANSWER,
  })
    .use(observe(api.log, api.measures))
    .use(correlate(api.log))
    .use(negotiateLanguage())
    .use(respond(allowedOrigins))
    .use(reportProblem(api.readProblem, api.log, api.measures))
    .use(findRoute(api.name))
    .use(validate())
    .handler((event) => operate(api.operations, event as unknown as OperationInput));
  // A preflight is a browser's question and not a caller's: it has no language, no problem and no operation.
  return async (event, context) =>
    answerPreflight(api.name, event, allowedOrigins) ?? (await chain(event, inTime(context)));
}

/** A context with no more time left than a request may take. */
function inTime(context: Context): Context {
  const end = performance.now() + TIME_FOR_REQUEST;
  const getRemainingTimeInMillis = () =>
    Math.min(context.getRemainingTimeInMillis(), end - performance.now());
  return Object.create(context, { getRemainingTimeInMillis: { value: getRemainingTimeInMillis } });
}

/** Calls the operation of the route that was found. */
async function operate<Name extends FunctionName>(
  operations: Operations<Name>,
  input: OperationInput,
): Promise<APIGatewayProxyResult> {
  // The route came from the table the operations are typed by, and its input was checked by that route's schemas.
  const operation = operations[input.operationId as keyof typeof operations] as unknown as (
    input: OperationInput,
  ) => Promise<Reply> | Reply;
  const { status = 200, body, headers } = await operation(input);
  return {
    statusCode: status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
