import type { Door } from '../../shared/contract/door.ts';
import type { Route } from '../../shared/contract/route.ts';

/** How callers of guarded doors say who they are. One header for all, so that one authorizer can be cached on it. */
const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      "`Authorization: Bearer <JWT>` from the city's identity platform (residents) or the staff directory (clerks, operators, policy staff).",
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Authorization: ApiKey <key>`, for third parties and the feeds of bureaus.',
  },
} as const;

const schemeOf = {
  public: null,
  resident: 'bearer',
  counter: 'bearer',
  partner: 'apiKey',
  registry: 'apiKey',
  admin: 'bearer',
} as const satisfies Record<Door, keyof typeof securitySchemes | null>;

/** What an operation asks for; nothing on the public door, said outright, so that nobody looks for it. */
export function securityOf({ door }: Route): Record<string, string[]>[] {
  const scheme = schemeOf[door];
  return scheme === null ? [] : [{ [scheme]: [] }];
}

/** The schemes that a route of the table asks for. */
export function securitySchemesOf(table: readonly Route[]) {
  const used = new Set(table.map(({ door }) => schemeOf[door]));
  return Object.fromEntries(
    Object.entries(securitySchemes).filter(([name]) => used.has(name as keyof typeof securitySchemes)),
  );
}
