import type { FunctionName } from './route.ts';
import { consentRoutes } from './routes/consents.ts';
import { counterRoutes } from './routes/counter.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { evaluationRoutes } from './routes/evaluations.ts';
import { metaRoutes } from './routes/meta.ts';
import { partnerAdministrationRoutes } from './routes/partner-administration.ts';
import { partnerCheckRoutes } from './routes/partner-checks.ts';
import { policyRoutes } from './routes/policies.ts';
import { registryRoutes } from './routes/registry.ts';
import { residentRoutes } from './routes/residents.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { serviceRoutes } from './routes/services.ts';

/**
 * The one route table. Router, CDK methods, authorizer policy, gateway stand-in, OpenAPI and documents are made from
 * it; to add a route, add it to its file under routes/ and a function of its operationId to the function that serves it.
 */
export const routes = [
  ...evaluationRoutes,
  ...residentRoutes,
  ...consentRoutes,
  ...counterRoutes,
  ...decisionRoutes,
  ...reviewRoutes,
  ...registryRoutes,
  ...partnerCheckRoutes,
  ...partnerAdministrationRoutes,
  ...serviceRoutes,
  ...policyRoutes,
  ...metaRoutes,
] as const;

/** A route as the table has it, with its literal types. */
export type KnownRoute = (typeof routes)[number];
export type OperationId = KnownRoute['operationId'];

/** The route of an operation, with its literal types. */
export type RouteOf<Id extends OperationId> = Extract<KnownRoute, { operationId: Id }>;

/** The operations a function serves. */
export type OperationsOf<Name extends FunctionName> = Extract<KnownRoute, { function: Name }>['operationId'];
