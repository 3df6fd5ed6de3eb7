import { describe, expect, it } from 'vitest';
import type { Door } from '../../../shared/contract/door.ts';
import { allowedOrigins } from '../../../shared/http/allowed-origins.ts';
import { answerPreflight, crossOriginHeaders } from '../../../shared/http/cross-origin.ts';
import { proxyEvent } from '../../support/proxy-event.ts';

const app = 'https://app.example.gov.cn';
const allowed = [app, 'http://localhost:5173'];

describe('an origin that may be allowed', () => {
  it.each([app, 'https://app.example.gov.cn:8443', 'http://localhost:5173', 'http://127.0.0.1:8080'])(
    'is %s',
    (origin) => {
      expect(allowedOrigins.safeParse([origin]).success).toBe(true);
    },
  );

  it.each([
    '*',
    'null',
    '',
    'app.example.gov.cn',
    'http://app.example.gov.cn',
    'https://app.example.gov.cn/',
    'https://app.example.gov.cn/path',
    'https://app.example.gov.cn?x',
    'https://user@app.example.gov.cn',
    'https://*.example.gov.cn',
    'https://APP.example.gov.cn',
    'https://app.example.gov.cn:443',
    'file:///index.html',
    'http://localhost.example.org',
  ])('is not %j', (origin) => {
    expect(allowedOrigins.safeParse([origin]).success).toBe(false);
  });
});

describe('the headers for browsers', () => {
  const origins = (door: Door, origin?: string) =>
    crossOriginHeaders(door, origin, allowed)['Access-Control-Allow-Origin'];

  it.each(['resident', 'counter', 'admin'] as const)(
    'name an origin of the list on the %s door, to the letter, and no other',
    (door) => {
      expect(origins(door, app)).toBe(app);
      for (const other of [
        '*',
        'null',
        `${app}.evil.example`,
        'https://appxexample.gov.cn',
        `${app}, ${app}`,
      ]) {
        expect(origins(door, other)).toBeUndefined();
      }
      expect(origins(door)).toBeUndefined();
      // Whoever asked: what is kept for one origin must not be given to another.
      for (const origin of [app, 'https://evil.example', undefined]) {
        expect(crossOriginHeaders(door, origin, allowed).Vary).toBe('Accept-Language, Origin');
      }
    },
  );

  it.each(['partner', 'registry'] as const)('say nothing on the %s door', (door) => {
    expect(crossOriginHeaders(door, app, allowed)).toEqual({});
  });

  it('let everybody read on the public door', () => {
    expect([origins('public'), origins('public', 'https://evil.example')]).toEqual(['*', '*']);
  });
});

describe('a preflight', () => {
  const ask = (headers: Record<string, string>, resource = '/v1/me/record', method = 'OPTIONS') =>
    answerPreflight('residents', proxyEvent({ method, resource, headers }), allowed);
  const asked = { Origin: app, 'Access-Control-Request-Method': 'GET' };

  it('of a page of the list lets it send a credential by the methods of the path', () => {
    expect(ask(asked)).toMatchObject({
      statusCode: 204,
      headers: {
        'Access-Control-Allow-Origin': app,
        'Access-Control-Allow-Methods': 'GET',
        'Access-Control-Allow-Headers': expect.stringContaining('Authorization'),
        'X-Content-Type-Options': 'nosniff',
        'X-Request-Id': 'request-1',
        Vary: 'Origin',
      },
    });
  });

  it.each([
    ['another origin', { ...asked, Origin: 'https://evil.example' }],
    ['no origin', { 'Access-Control-Request-Method': 'GET' }],
    ['no method it asks about', { Origin: app }],
  ])('with %s is none', (_, headers) => {
    expect(ask(headers)).toBeNull();
  });

  it('is no other method, no path of another function and no path that is not there', () => {
    expect(ask(asked, '/v1/me/record', 'GET')).toBeNull();
    expect(ask(asked, '/v1/counter/checks')).toBeNull();
    expect(ask(asked, '/v1/nothing')).toBeNull();
  });

  it('does not pass where programs come alone', () => {
    const event = proxyEvent({ method: 'OPTIONS', resource: '/v1/registry/events', headers: asked });
    expect(answerPreflight('registry', event, allowed)).toBeNull();
  });
});
