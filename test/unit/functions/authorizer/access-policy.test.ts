import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessPolicy } from '../../../../functions/authorizer/access-policy.ts';
import { mayCall } from '../../../../functions/authorizer/may-call.ts';
import { decideByPolicy } from '../../../../infra/local/gateway/policy-decision.ts';
import { type Caller, doorOfKind } from '../../../../shared/contract/caller.ts';
import type { Route } from '../../../../shared/contract/route.ts';
import { routes } from '../../../../shared/contract/routes.ts';
import { roleScopes, type Scope, scopeDoors, scopesOfDoor } from '../../../../shared/contract/scopes.ts';
import type { Credential } from '../../../../shared/security/credential.ts';
import { guards } from '../../../support/credentials/guarded-routes.ts';

const stage = 'arn:aws-cn:execute-api:cn-northwest-1:000000000000:abcdef/prod';
const allScopes = Object.keys(scopeDoors) as Scope[];

const callersByKind: { readonly [Kind in Caller['kind']]: Caller } = {
  resident: { kind: 'resident', subject: 's', documentType: 'resident-id', documentNumber: '0' },
  clerk: { kind: 'clerk', subject: 's', district: 'd', post: 'p' },
  partner: { kind: 'partner', partner: 'p', key: 'k' },
  feed: { kind: 'feed', source: 's', key: 'k' },
  staff: { kind: 'staff', subject: 's', roles: 'operator' },
};
const kinds = Object.keys(callersByKind) as Caller['kind'][];

function credential(kind: Caller['kind'], scopes: readonly Scope[], ipRanges: readonly string[] = []) {
  return { caller: callersByKind[kind], scopes, ipRanges, usageIdentifier: null } satisfies Credential;
}

/** A request for a route: its path with something in the place of each parameter. */
function requestFor({ method, path }: Pick<Route, 'method' | 'path'>, value = 'dc_1') {
  return `${stage}/${method}${path.replaceAll(/\{\w+\}/g, value)}`;
}

/** What a policy made on the way to another method says to a request. */
function decides(
  held: Credential,
  route: Pick<Route, 'method' | 'path'>,
  table = guards as readonly (typeof guards)[number][],
) {
  const policy = accessPolicy(held, table, `${stage}/GET/v1/anything`);
  return decideByPolicy(policy, requestFor(route), '203.0.113.7');
}

const paths: Readonly<Record<string, { readonly held: Credential; readonly may: readonly string[] }>> = {
  'a resident': {
    held: credential('resident', roleScopes.resident),
    may: ['GET /v1/me/record', 'GET /v1/me/eligibility'],
  },
  'a resident without a scope': { held: credential('resident', []), may: [] },
  'a clerk': {
    held: credential('clerk', roleScopes.clerk),
    may: ['POST /v1/counter/checks', 'GET /v1/decisions/{id}', 'POST /v1/decisions/{id}/replay'],
  },
  'a partner with its scope': {
    held: credential('partner', ['partner:check']),
    may: ['POST /v1/partner/checks'],
  },
  'a partner without a scope': { held: credential('partner', []), may: [] },
  'a feed': { held: credential('feed', ['registry:write']), may: ['POST /v1/registry/events'] },
  'a feed without a scope': { held: credential('feed', []), may: [] },
  'an operator': {
    held: credential('staff', roleScopes.operator),
    may: [
      'GET /v1/decisions/{id}/notes',
      'GET /v1/admin/partners',
      'DELETE /v1/admin/partners/{id}/keys/{key}',
    ],
  },
  'a policy editor': {
    held: credential('staff', roleScopes['policy-editor']),
    may: ['PUT /v1/admin/drafts/{id}'],
  },
  'a policy approver': { held: credential('staff', roleScopes['policy-approver']), may: [] },
  'an editor who is an approver too': {
    held: credential('staff', [...roleScopes['policy-editor'], ...roleScopes['policy-approver']]),
    may: ['PUT /v1/admin/drafts/{id}', 'POST /v1/admin/drafts/{id}/merge'],
  },
  // Whatever scopes a table of keys may come to hold: the door decides first.
  'a feed with every scope': { held: credential('feed', allScopes), may: ['POST /v1/registry/events'] },
};

describe('the policy of a caller', () => {
  const cells = Object.entries(paths).flatMap(([who, { held, may }]) =>
    guards.map((route) => {
      const name = `${route.method} ${route.path}`;
      return { who, name, held, route, verdict: may.includes(name) ? 'allow' : 'deny' };
    }),
  );

  it.each(cells)('has $verdict for $who at $name', ({ held, route, verdict }) => {
    expect(decides(held, route)).toBe(verdict);
  });

  it.each(kinds)('lets a %s with every scope through its own door alone', (kind) => {
    const open = guards.filter((route) => decides(credential(kind, allScopes), route) === 'allow');
    expect(new Set(open.map(({ door }) => door))).toEqual(new Set([doorOfKind[kind]]));
  });

  it('is the same whatever was asked for', () => {
    const held = credential('clerk', roleScopes.clerk);
    const made = ['GET/v1/me/record', 'POST/v1/counter/checks', 'DELETE/v1/*', '*/*'].map((asked) =>
      JSON.stringify(accessPolicy(held, guards, `${stage}/${asked}`)),
    );
    expect(new Set(made).size).toBe(1);
  });

  it('is for this stage and no other', () => {
    const policy = accessPolicy(credential('resident', ['me:read']), guards, `${stage}/GET/v1/me/record`);
    const elsewhere = requestFor({ method: 'GET', path: '/v1/me/record' }).replace('/prod/', '/dev/');
    expect(decideByPolicy(policy, elsewhere, '203.0.113.7')).toBe('deny');
  });

  it('denies every method when there is nothing to allow', () => {
    expect(accessPolicy(credential('partner', []), guards, `${stage}/GET/v1/me/record`)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: `${stage}/*` }],
    });
  });

  it('holds a key to its networks on every later request as well', () => {
    const held = credential('feed', ['registry:write'], ['203.0.113.0/24', '2001:db8::/32']);
    const policy = accessPolicy(held, guards, `${stage}/POST/v1/registry/events`);
    const arn = requestFor({ method: 'POST', path: '/v1/registry/events' });
    const from = (address: string) => decideByPolicy(policy, arn, address);
    expect([from('203.0.113.9'), from('2001:db8::1'), from('198.51.100.1'), from('')]).toEqual([
      'allow',
      'allow',
      'deny',
      'deny',
    ]);
  });

  it('cannot be widened by what stands in the place of a parameter', () => {
    const policy = accessPolicy(credential('clerk', ['decisions:read']), guards, `${stage}/GET/x`);
    for (const value of ['*', '?', 'a%2Freplay', '..', '$' + '{aws:username}']) {
      expect(
        decideByPolicy(policy, requestFor({ method: 'POST', path: '/v1/decisions/{id}/replay' }, value), ''),
      ).toBe('deny');
    }
  });

  it('fits into what a gateway takes, for whoever may call most', () => {
    for (const kind of kinds) {
      for (const table of [guards, routes as readonly Route[]]) {
        const policy = accessPolicy(credential(kind, allScopes), table, `${stage}/GET/v1/me/record`);
        expect(JSON.stringify(policy).length).toBeLessThan(8_192);
      }
    }
  });

  it('says for any table what the rule says, as the gateway matches paths', () => {
    const segment = fc.constantFrom('a', 'b', '{id}', '{key}');
    const path = fc
      .array(segment, { minLength: 1, maxLength: 4 })
      .map((segments): `/v1/${string}` => `/v1/${segments.join('/')}`);
    const route = fc
      .record({
        method: fc.constantFrom('GET' as const, 'POST' as const),
        path,
        scope: fc.constantFrom(...allScopes),
      })
      .map(({ scope, ...rest }) => ({ ...rest, door: scopeDoors[scope], scopes: [scope] }));
    // As API Gateway wants it: no two parameters of different names in one place, no fixed part beside a parameter
    // with more parts after both.
    const table = fc
      .uniqueArray(route, { maxLength: 8, selector: ({ method, path }) => method + shapeOf(path) })
      .filter((made) => !made.some((one) => made.some((other) => ambiguous(one, other))));
    // `*` stands for slashes too, so a denial that is needed inside a wider permission can take a longer path along. No
    // policy can say that; it then denies too much, and never allows too much.
    const unsayable = (
      [
        ['/v1/a/{id}', 'me:read'],
        ['/v1/a/a/a', 'policies:edit'],
        ['/v1/{key}', 'policies:edit'],
      ] as const
    ).map(([address, scope]) => ({
      method: 'POST' as const,
      path: address,
      door: scopeDoors[scope],
      scopes: [scope],
    }));
    const isSayable = (made: readonly { method: string; path: string }[]) =>
      !made.some((a) => made.some((b) => swallows(a, b) && made.some((c) => swallows(b, c))));
    fc.assert(
      fc.property(table, fc.constantFrom(...kinds), fc.subarray(allScopes), (made, kind, scopes) => {
        const held = credential(kind, scopes);
        const policy = accessPolicy(held, made, `${stage}/GET/x`);
        for (const asked of made) {
          const verdict = decideByPolicy(policy, requestFor(asked, 'x7'), '203.0.113.7');
          if (isSayable(made))
            expect([asked, verdict]).toEqual([asked, mayCall(held, asked) ? 'allow' : 'deny']);
          else expect([asked, verdict === 'allow' && !mayCall(held, asked)]).toEqual([asked, false]);
        }
      }),
      {
        numRuns: 300,
        examples: [[unsayable, 'staff', ['policies:edit']]],
      },
    );
  });
});

function shapeOf(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '*');
}

/** Whether the gateway's pattern for one route also fits the path of another. */
function swallows(wider: { method: string; path: string }, other: { method: string; path: string }): boolean {
  const pattern = shapeOf(wider.path).replaceAll('*', '.*');
  return (
    wider !== other && wider.method === other.method && new RegExp(`^${pattern}$`).test(shapeOf(other.path))
  );
}

/** Whether a request could be meant for either: equally long, and alike or with a parameter in each place. */
function ambiguous(one: { path: string }, other: { path: string }): boolean {
  if (one === other) return false;
  const [a, b] = [one.path.split('/'), other.path.split('/')];
  if (a.length !== b.length || shapeOf(one.path) === shapeOf(other.path)) return false;
  return a.every((part, index) => part === b[index] || part.startsWith('{') || b[index]!.startsWith('{'));
}

describe('the rule of who may call what', () => {
  it('denies an operation behind a guarded door that forgot to ask for a scope', () => {
    for (const kind of kinds) {
      expect(mayCall(credential(kind, allScopes), { door: doorOfKind[kind], scopes: [] })).toBe(false);
    }
  });

  it('lets nobody through the public door as somebody', () => {
    for (const kind of kinds)
      expect(mayCall(credential(kind, allScopes), { door: 'public', scopes: [] })).toBe(false);
  });

  it('asks for every scope of an operation', () => {
    const route = { door: 'admin', scopes: ['policies:edit', 'policies:approve'] } as const;
    expect(mayCall(credential('staff', ['policies:edit']), route)).toBe(false);
    expect(mayCall(credential('staff', ['policies:approve', 'policies:edit']), route)).toBe(true);
  });
});

describe('scopes', () => {
  it('that a role carries all open the door of that role', () => {
    const doors = { resident: 'resident', clerk: 'counter' } as Readonly<Record<string, string>>;
    for (const [role, scopes] of Object.entries(roleScopes)) {
      for (const scope of scopes) expect(scopeDoors[scope]).toBe(doors[role] ?? 'admin');
    }
  });

  it('of every operation in the table belong to its door', () => {
    const table: readonly Route[] = routes;
    const wrong = table.flatMap(({ operationId, door, scopes }) =>
      scopes.filter((scope) => scopeDoors[scope] !== door).map((scope) => `${operationId} asks for ${scope}`),
    );
    expect(wrong).toEqual([]);
  });

  it('that no key can carry are carried by a role', () => {
    const carried = new Set<Scope>(Object.values(roleScopes).flat());
    const orphans = allScopes.filter(
      (scope) => !carried.has(scope) && !['partner', 'registry'].includes(scopeDoors[scope]),
    );
    expect(orphans).toEqual([]);
  });

  it('are those of a door, asked by door', () => {
    expect(scopesOfDoor('registry')).toEqual(['registry:write']);
  });
});
