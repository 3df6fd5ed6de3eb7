import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserDoors, securityHeaders } from '../../shared/contract/headers.ts';
import { limits } from '../../shared/contract/limits.ts';
import { problemBody } from '../../shared/contract/problem-body.ts';
import type { Route } from '../../shared/contract/route.ts';
import { routes } from '../../shared/contract/routes.ts';
import { type CallerName, credentialsOf } from '../support/doors/callers.ts';
import { openProductDoors, type ProductDoors } from '../support/doors/product-doors.ts';

/**
 * What every answer has, whoever made it: over all routes of the table, let in or not, known or not. A new function behind a
 * door that pages come through fails here until it is told whose pages may come.
 */
const app = 'https://app.example.gov.cn';
const stranger = 'https://app.example.gov.cn.evil.example';

const table: readonly Route[] = routes;
const ofDoor: Readonly<Record<Route['door'], CallerName>> = {
  public: 'nobody',
  resident: 'a resident',
  counter: 'a clerk in the district',
  partner: 'a partner',
  registry: 'a feed',
  admin: 'an operator',
};

let doors: ProductDoors;
let credentials: Awaited<ReturnType<typeof credentialsOf>>;

beforeAll(async () => {
  doors = await openProductDoors({ environment: { ALLOWED_ORIGINS: app } });
  credentials = await credentialsOf(doors);
});
afterAll(() => doors?.stop());

async function send(method: string, path: string, who: CallerName, headers: Record<string, string> = {}) {
  const Authorization = credentials[who];
  const response = await fetch(doors.address + path, {
    method,
    headers: { ...headers, ...(Authorization !== undefined && { Authorization }) },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const addressOf = ({ path }: Route) => path.replaceAll(/\{\w+\}/g, 'x');

/** What an answer lacks of what every answer has. */
function lackingIn(headers: Headers): string[] {
  const lacking = Object.entries(securityHeaders).filter(([name, value]) => headers.get(name) !== value);
  const missing = ['X-Request-Id', 'Cache-Control'].filter((name) => !headers.get(name));
  return [...lacking.map(([name]) => name), ...missing];
}

describe('every answer', () => {
  it.each(table)(
    'of $operationId has the security headers, whoever asks and by whatever method',
    async (route) => {
      const path = addressOf(route);
      const own = ofDoor[route.door];
      const answers = {
        let_in: await send(route.method, path, own),
        unknown: await send(route.method, path, 'nobody'),
        bad_credential: await send(route.method, path, 'an expired token'),
        other_door: await send(route.method, path, route.door === 'registry' ? 'a resident' : 'a feed'),
        other_method: await send('PATCH', path, own),
        preflight: await send('OPTIONS', path, 'nobody', {
          Origin: app,
          'Access-Control-Request-Method': route.method,
        }),
        below: await send(route.method, `${path}/x/y`, own),
      };
      const lacking = Object.entries(answers).map(([what, { headers }]) => [what, lackingIn(headers)]);
      expect(lacking).toEqual(Object.keys(answers).map((what) => [what, []]));
      expect([answers.other_method.status, answers.below.status]).toEqual([405, 404]);
    },
  );

  it('to what is no request has them too', async () => {
    for (const request of [
      'nonsense\r\n\r\n',
      `GET /v1/status HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
      'GET /v1/services/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    ]) {
      const answer = (await raw(request)).toLowerCase();
      expect(answer).toMatch(/^http\/1\.1 400 /);
      for (const [name, value] of Object.entries(securityHeaders)) {
        expect(answer).toContain(`${name}: ${value}\r\n`.toLowerCase());
      }
    }
  });
});

describe('pages of other origins', () => {
  it.each(table)('may use $operationId as its door says', async (route) => {
    const path = addressOf(route);
    const who = ofDoor[route.door];
    const allowedFor = async (origin: string) => {
      const { headers } = await send(route.method, path, who, { Origin: origin });
      return headers.get('Access-Control-Allow-Origin');
    };
    const preflightFor = async (origin: string) => {
      const asked = { Origin: origin, 'Access-Control-Request-Method': route.method };
      const { status, headers } = await send('OPTIONS', path, 'nobody', asked);
      const methods = headers.get('Access-Control-Allow-Methods')?.split(',') ?? [];
      return status === 204 && methods.includes(route.method)
        ? headers.get('Access-Control-Allow-Origin')
        : null;
    };
    const found = [
      await allowedFor(app),
      await allowedFor(stranger),
      await preflightFor(app),
      await preflightFor(stranger),
    ];
    const isForPages = browserDoors.some((door) => door === route.door);
    if (route.door === 'public') expect(found).toEqual(['*', '*', '*', '*']);
    else expect(found).toEqual(isForPages ? [app, null, app, null] : [null, null, null, null]);
  });
});

describe('more than a request may be', () => {
  const parameters = (count: number) => Array.from({ length: count }, (_, n) => `p${n}=1`).join('&');

  it('is a query of too many parameters, at every door', async () => {
    for (const route of table) {
      const path = `${addressOf(route)}?${parameters(limits.queryParameters + 1)}`;
      const { status, text } = await send(route.method, path, ofDoor[route.door]);
      expect([route.operationId, status]).toEqual([route.operationId, 400]);
      expect(problemBody.parse(JSON.parse(text))).toMatchObject({
        code: 'malformed-request',
        errors: [{ pointer: '/query', code: 'too-many-items' }],
      });
    }
  });

  it('is not one of as many as are allowed, nor the same one as often', async () => {
    const most = await send('GET', `/v1/services?${parameters(limits.queryParameters)}`, 'nobody');
    expect(most.status).toBe(422);
    const repeated = (count: number) => `/v1/services?${'asOf=2024-06-01&'.repeat(count)}`;
    expect((await send('GET', repeated(limits.queryParameters), 'nobody')).status).toBe(422);
    expect((await send('GET', repeated(limits.queryParameters + 1), 'nobody')).status).toBe(400);
  });

  it('is an address or are headers of more than ten kilobytes in all', async () => {
    expect((await send('GET', `/v1/status?${'a'.repeat(8_000)}`, 'nobody')).status).not.toBe(400);
    expect((await send('GET', `/v1/status?${'a'.repeat(10_240)}`, 'nobody')).status).toBe(400);
  });
});

/** What comes back when a text is sent as it is. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(doors.address);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}
