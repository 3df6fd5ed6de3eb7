import type * as z from 'zod/mini';
import type { Door } from './door.ts';
import type { ProblemCode } from './problems.ts';
import type { Scope } from './scopes.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Which Lambda function serves an operation: a folder of `functions/`. */
export type FunctionName =
  | 'admin'
  | 'counter'
  | 'eligibility'
  | 'partners'
  | 'policies'
  | 'registry'
  | 'residents';

/**
 * Who may keep an answer, and for how long.
 * - `no-store`: nobody; it speaks of a person.
 * - `revalidate`: anyone, for half a minute, then by its ETag: a new policy version shows that fast.
 * - `immutable`: anyone; what is under this address never changes.
 */
export type Caching = 'no-store' | 'revalidate' | 'immutable';

interface RouteRequest {
  readonly path?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  readonly body?: z.ZodMiniType;
  /** The body as documents describe it, where `body` leaves parts of the check to the operation. */
  readonly describedBody?: z.ZodMiniType;
  /** The operation creates something and takes an `Idempotency-Key`. */
  readonly idempotencyKey?: true;
}

export interface RouteResponse {
  readonly description: string;
  readonly schema: z.ZodMiniType;
  readonly caching: Caching;
}

/** One operation of the API. Everything that knows of a route knows it from here. */
export interface Route {
  readonly operationId: string;
  readonly method: Method;
  readonly path: `/v1/${string}`;
  readonly door: Door;
  readonly function: FunctionName;
  /** What the caller's credential must carry, all of them; empty on the public door. */
  readonly scopes: readonly Scope[];
  /** Under which heading the documents list it. */
  readonly tag: string;
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly request: RouteRequest;
  /** What it answers when all is well, by status. */
  readonly responses: Readonly<Record<number, RouteResponse>>;
  /** The problems it can answer with, besides those that every operation shares ({@link sharedProblems}). */
  readonly problems: readonly ProblemCode[];
}
