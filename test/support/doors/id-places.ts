import * as z from 'zod/mini';
import type { Route } from '../../../shared/contract/route.ts';
import type { OperationId } from '../../../shared/contract/routes.ts';

/** A place of a request that names a thing: `getDecision path id`, `recordEvents body voids`. */
export type IdPlace = `${OperationId} ${'path' | 'query' | 'body'} ${string}`;

/** Members by these names name something that is kept, or somebody. */
const names = /^(id|document|policy|voids|corrects|partner|consent|check|decision|draft|key)$|Ids?$/;

/** Where a route is told which thing it is about: every parameter of its path, and what is called so in query and body. */
export function idPlacesOf({ operationId, request }: Route): IdPlace[] {
  const { path, query, body, describedBody = body } = request;
  const place = (part: string) => (name: string) => `${operationId} ${part} ${name}` as IdPlace;
  return [
    ...Object.keys(path?.shape ?? {}).map(place('path')),
    ...membersOf(query).map(place('query')),
    ...membersOf(describedBody).map(place('body')),
  ];
}

/** The names at any depth of a schema that name a thing, each once. */
function membersOf(schema: z.ZodMiniType | undefined): string[] {
  if (schema === undefined) return [];
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node && typeof node.properties === 'object') {
      for (const name of Object.keys(node.properties ?? {})) if (names.test(name)) found.add(name);
    }
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return [...found].sort();
}
