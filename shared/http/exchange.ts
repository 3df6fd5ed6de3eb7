import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { CallerOf } from '../contract/caller.ts';
import type { Language } from '../contract/language.ts';
import type { ProblemCode } from '../contract/problems.ts';
import type { FunctionName } from '../contract/route.ts';
import type { KnownRoute, OperationId, OperationsOf, RouteOf } from '../contract/routes.ts';

/** What the middlewares know of the request they are in; each adds its part. */
export interface Exchange extends Record<string, unknown> {
  /** On the clock of {@link observe}. */
  startedAt: number;
  requestId: string;
  correlationId: string | null;
  language: Language;
  /** Absent while, and when, no route fits. */
  route?: KnownRoute;
  ifNoneMatch?: string | undefined;
  origin?: string | undefined;
  /** The problem that was answered, when one was. */
  problem?: ProblemCode;
}

/** One step of the chain. Before `validate` the event is the gateway's; after it, the operation's input. */
export type Step = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Context, Exchange>;

type Part<Request, Key extends string> = Request extends {
  readonly [K in Key]: infer S extends z.ZodMiniType;
}
  ? z.infer<S>
  : undefined;

/** What an operation is given: validated, typed by its route, and nothing of the raw request. */
export interface OperationInput<Id extends OperationId = OperationId> {
  readonly operationId: Id;
  readonly path: Part<RouteOf<Id>['request'], 'path'>;
  readonly query: Part<RouteOf<Id>['request'], 'query'>;
  readonly body: Part<RouteOf<Id>['request'], 'body'>;
  readonly language: Language;
  /** Who calls, as the authorizer says; null on the public door. */
  readonly caller: CallerOf<RouteOf<Id>['door']>;
  /** The caller's key for this request, where the route takes one and the caller sent one. */
  readonly idempotencyKey: string | null;
}

/** What an operation answers. A string is JSON text already and is sent as it is, to the byte. */
export interface Reply {
  /** 200 when absent. */
  readonly status?: number;
  readonly body: string | object;
  /** Headers of this answer alone. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The operations of a function, one for each of its operationIds. */
export type Operations<Name extends FunctionName> = {
  readonly [Id in OperationsOf<Name>]: (input: OperationInput<Id>) => Promise<Reply> | Reply;
};
