import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthorizer } from '../../functions/authorizer/create-authorizer.ts';
import { verifiersOf } from '../../functions/authorizer/dependencies.ts';
import { environmentSchema as authorizerEnvironment } from '../../functions/authorizer/env.ts';
import { decideByPolicy } from '../../infra/local/gateway/policy-decision.ts';
import type { Route } from '../../shared/contract/route.ts';
import { type OperationId, routes } from '../../shared/contract/routes.ts';
import { type Scope, scopeDoors } from '../../shared/contract/scopes.ts';
import { type CallerName, callerNames, callerOfDoor, credentialsOf } from '../support/doors/callers.ts';
import { openProductDoors, type ProductDoors } from '../support/doors/product-doors.ts';
import { proxyEvent } from '../support/proxy-event.ts';
import { recordingObservers } from '../support/recording-log.ts';

/**
 * Every route of the table, asked by everybody who can stand before a door, through the gateway stand-in with the real
 * authorizer and the real functions. Who may come in is written down below once more, by door and scope and by hand, on
 * purpose not by the product's own rule (`mayCall`) or its roles (`roleScopes`).
 *
 * A route with a door and a scope that are not in `mayComeIn` fails: whoever adds one says here who may use it.
 */
const mayComeIn: Readonly<Record<string, readonly CallerName[]>> = {
  'resident me:read': ['a resident', 'another resident'],
  'resident me:write': ['a resident', 'another resident'],
  'counter reviews:handle': ['a clerk in the district', 'a clerk of another district'],
  'counter counter:check': ['a clerk in the district', 'a clerk of another district'],
  'counter decisions:read': ['a clerk in the district', 'a clerk of another district'],
  'counter decisions:replay': ['a clerk in the district', 'a clerk of another district'],
  'partner partner:check': ['a partner', 'a partner with consent'],
  'registry registry:write': ['a feed', 'the feed of another bureau'],
  'admin admin:partners': ['an operator'],
  'admin policies:edit': ['a policy editor'],
  'admin policies:approve': ['a policy approver'],
};

/** Whose credential is none: they are not known, and so get 401 where others get 403. */
const unknown: readonly CallerName[] = [
  'nobody',
  'a partner from a foreign network',
  'an expired key',
  'a revoked key',
  'a mistyped key',
  'an expired token',
];

/** What is sent to an operation so that a rule of the function itself is reached; nothing, where there is no such rule. */
const questions: Partial<Record<OperationId, { readonly path?: string; readonly body?: unknown }>> = {};

/**
 * Rules that are not the gateway's but the function's own, such as district or consent: whom it refuses with 403 after
 * they came in. Everybody else who came in is not answered 401 or 403.
 */
const refusedInside: Partial<Record<OperationId, readonly CallerName[]>> = {};

const table: readonly Route[] = routes;
const guarded = table.filter(({ door }) => door !== 'public');

let doors: ProductDoors;
let credentials: Awaited<ReturnType<typeof credentialsOf>>;

beforeAll(async () => {
  doors = await openProductDoors();
  credentials = await credentialsOf(doors);
});
afterAll(() => doors?.stop());

async function ask({ operationId, method, path }: Route, who: CallerName) {
  const question = questions[operationId as OperationId];
  const Authorization = credentials[who];
  const response = await fetch(doors.address + (question?.path ?? path.replaceAll(/\{\w+\}/g, 'x')), {
    method,
    headers: {
      ...(Authorization !== undefined && { Authorization }),
      ...(question?.body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(question?.body !== undefined && { body: JSON.stringify(question.body) }),
  });
  await response.arrayBuffer();
  return {
    status: response.status,
    cameIn: doors.reached.has(response.headers.get('X-Request-Id') ?? ''),
  };
}

/** What must become of a caller at a route. */
function expected(
  { operationId, door, scopes }: Route,
  who: CallerName,
): 'in' | 'refused inside' | 401 | 403 {
  if (door === 'public') return 'in';
  if (unknown.includes(who)) return 401;
  const mayAll =
    scopes.length > 0 && scopes.every((scope) => mayComeIn[`${door} ${scope}`]?.includes(who) ?? false);
  if (!mayAll) return 403;
  return refusedInside[operationId as OperationId]?.includes(who) ? 'refused inside' : 'in';
}

describe('the doors', () => {
  it('each have a rule for every scope that is asked for behind them', () => {
    const asked = guarded.map(({ operationId, door, scopes }) => ({
      operationId,
      withoutRule: scopes.filter((scope) => mayComeIn[`${door} ${scope}`] === undefined),
      scopes: scopes.length > 0,
    }));
    expect(asked).toEqual(guarded.map(({ operationId }) => ({ operationId, withoutRule: [], scopes: true })));
    expect(callerNames.length).toBeGreaterThanOrEqual(12);
  });

  it.each(table)('let in those they are for and nobody else: $operationId', async (route) => {
    const found: Partial<Record<CallerName, unknown>> = {};
    const wanted: Partial<Record<CallerName, unknown>> = {};
    for (const who of callerNames) {
      const { status, cameIn } = await ask(route, who);
      wanted[who] = expected(route, who);
      const refused = status === 401 || status === 403;
      if (cameIn) found[who] = refused ? 'refused inside' : 'in';
      else found[who] = status;
    }
    expect(found).toEqual(wanted);
  });
});

describe('every scope, on a route of its own', () => {
  const rows = Object.entries(mayComeIn).map(([key, who], place) => {
    const [door, scope] = key.split(' ') as [Route['door'], Scope];
    return { key, who, door, scopes: [scope], method: 'POST', path: `/v1/rows/${place}` } as const;
  });
  const stage = 'arn:aws:execute-api:local:000000000000:local/local';

  /** Which rows a caller is let through to; or that they are nobody known. */
  async function openTo(who: CallerName): Promise<string[] | 'unknown'> {
    const environment = authorizerEnvironment.parse(process.env);
    const observers = recordingObservers();
    const verifiers = verifiersOf(environment, observers.log, observers.measures, doors.dynamoDb.client);
    const ask = createAuthorizer({ routes: rows, verifiers, ...observers });
    const event = {
      methodArn: `${stage}/POST${rows[0]!.path}`,
      multiValueHeaders: { Authorization: [credentials[who] ?? ''] },
      requestContext: { requestId: 'request-1', identity: { sourceIp: '127.0.0.1' } },
    } as unknown as APIGatewayRequestAuthorizerEvent;
    const answer = await ask(event).catch((error: Error) => error.message);
    if (typeof answer === 'string') return answer === 'Unauthorized' ? 'unknown' : [answer];
    const isOpen = ({ path }: (typeof rows)[number]) =>
      decideByPolicy(answer.policyDocument, `${stage}/POST${path}`, '127.0.0.1') === 'allow';
    return rows.filter(isOpen).map(({ key }) => key);
  }

  it.each(callerNames)(
    'lets %s in where they may and nowhere else, also where the product has no route yet',
    async (who) => {
      const may = rows.filter((row) => row.who.includes(who)).map(({ key }) => key);
      expect(await openTo(who)).toEqual(unknown.includes(who) ? 'unknown' : may);
    },
  );

  it('has a row for every scope there is', () => {
    expect(rows.map(({ key }) => key).sort()).toEqual(
      Object.entries(scopeDoors)
        .map(([scope, door]) => `${door} ${scope}`)
        .sort(),
    );
  });
});

describe('a function behind a gateway that lets everybody in', () => {
  it.each(guarded)('opens $operationId to nobody but a caller of its own door', async (route) => {
    const statuses: Record<string, number> = {};
    for (const [door, authorizer] of [['none', {}] as const, ...Object.entries(callerOfDoor)]) {
      const event = proxyEvent({
        method: route.method,
        resource: route.path,
        path: Object.fromEntries([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, 'x'])),
        authorizer,
      });
      statuses[door] = (await doors.invoke(route.function, event)).statusCode;
    }
    const { [route.door]: own, ...others } = statuses;
    expect(new Set(Object.values(others))).toEqual(new Set([403]));
    expect(own).not.toBe(403);
  });
});
