import { describe, expect, it } from 'vitest';
import { createResourceMatcher, malformedPath } from '../../../../../infra/local/gateway/match-resource.ts';

const match = createResourceMatcher([
  '/v1/services',
  '/v1/services/{code}',
  '/v1/services/changed',
  '/v1/policies/{id}/versions/{version}',
]);

describe('matching a path to a resource', () => {
  it.each([
    ['/v1/services', '/v1/services', null],
    ['/v1/services/legal.aid', '/v1/services/{code}', { code: 'legal.aid' }],
    ['/v1/services/changed', '/v1/services/changed', null],
    [
      '/v1/policies/chengdu/versions/2024-02-20',
      '/v1/policies/{id}/versions/{version}',
      { id: 'chengdu', version: '2024-02-20' },
    ],
    ['/v1/services/%E6%B3%95%2F%20a', '/v1/services/{code}', { code: '法/ a' }],
    ['/v1/services/..', '/v1/services/{code}', { code: '..' }],
  ])('takes %s for %s', (path, resource, pathParameters) => {
    expect(match(path)).toEqual({ resource, pathParameters });
  });

  it.each([
    '/',
    '/v1',
    '/v1/services/',
    '//v1/services',
    '/V1/services',
    '/v1/services/a/b',
    '/v1/x/../services',
  ])('knows nothing at %s', (path) => {
    expect(match(path)).toBeNull();
  });

  it.each(['/v1/services/%', '/v1/services/%zz', '/v1/services/%ff'])('cannot read %s', (path) => {
    expect(match(path)).toBe(malformedPath);
  });
});
