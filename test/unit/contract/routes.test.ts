import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
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

  it('takes a body by POST and PUT alone, and puts nothing without one', () => {
    for (const { method, request } of table) {
      if (request.body !== undefined) expect(['POST', 'PUT']).toContain(method);
      // What is only to be done, such as a replay, is a POST without a body.
      else expect(['GET', 'DELETE', 'POST']).toContain(method);
    }
  });

  it('takes an idempotency key where a body creates something, and nowhere else', () => {
    for (const { request, responses } of table) {
      if (request.idempotencyKey) expect(request.body).toBeDefined();
      if (201 in responses) expect(request.idempotencyKey).toBe(true);
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
      if (path.includes('{')) expect(own.some((code) => problems[code].status === 404)).toBe(true);
    }
  });

  it('takes no text without a form or a length: nowhere is there room for what nobody asked for', () => {
    const unbounded = table.flatMap(({ operationId, request: { path, query, body, describedBody = body } }) =>
      Object.entries({ path, query, body: describedBody }).flatMap(([part, schema]) =>
        schema === undefined
          ? []
          : unboundedTexts(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).map(
              (place) => `${operationId} ${part}${place}`,
            ),
      ),
    );
    expect(unbounded).toEqual([]);
    expect(unboundedTexts(z.toJSONSchema(z.object({ a: z.array(z.object({ note: z.string() })) })))).toEqual([
      '/properties/a/items/properties/note',
    ]);
  });
});

/** Where a JSON schema takes any text: no choice of words, no form, no longest length. */
function unboundedTexts(node: unknown, place = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.entries(node).flatMap(([name, value]) => unboundedTexts(value, `${place}/${name}`));
  const isText = 'type' in node && node.type === 'string';
  const isBound = ['enum', 'const', 'pattern', 'maxLength', 'format'].some((member) => member in node);
  return isText && !isBound ? [place, ...inner] : inner;
}
