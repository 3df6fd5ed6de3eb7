import { describe, expect, it } from 'vitest';
import { problems, sharedProblems } from '../../../shared/contract/problems.ts';
import type { Route } from '../../../shared/contract/route.ts';
import { routes } from '../../../shared/contract/routes.ts';

const table: readonly Route[] = routes;

describe('the route table', () => {
  it('has every operation and every method of a path once', () => {
    const ids = table.map(({ operationId }) => operationId);
    const addresses = table.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(ids).size).toBe(table.length);
    expect(new Set(addresses).size).toBe(table.length);
  });

  it('describes each parameter of a path, and no other', () => {
    for (const { path, request } of table) {
      const parameters = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(Object.keys(request.path?.shape ?? {})).toEqual(parameters);
    }
  });

  it('asks no scope on the public door, and one on every other', () => {
    for (const { door, scopes } of table) expect(scopes.length > 0).toBe(door !== 'public');
  });

  it('takes a body by POST and PUT alone', () => {
    for (const { method, request } of table) {
      if (request.body !== undefined) expect(['POST', 'PUT']).toContain(method);
      else expect(['GET', 'DELETE']).toContain(method);
    }
  });

  it('names the problems of its own, not those every operation has', () => {
    for (const route of table) {
      for (const code of route.problems) {
        expect(problems).toHaveProperty([code]);
        expect(sharedProblems).not.toContain(code);
      }
    }
  });

  it('has a 404 of its own for every path with a parameter', () => {
    for (const { path, problems: own } of table) {
      expect(own.some((code) => problems[code].status === 404)).toBe(path.includes('{'));
    }
  });
});
