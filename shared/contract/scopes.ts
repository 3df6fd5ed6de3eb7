import type { Door } from './door.ts';

/** A door that asks who comes. */
export type GuardedDoor = Exclude<Door, 'public'>;

/** Every right a credential can carry, and the door of the operations it is for. A scope opens no other door. */
export const scopeDoors = {
  'me:read': 'resident',
  'me:write': 'resident',
  'counter:check': 'counter',
  'decisions:read': 'counter',
  'decisions:replay': 'counter',
  'partner:check': 'partner',
  'registry:write': 'registry',
  'admin:partners': 'admin',
  'policies:edit': 'admin',
  'policies:approve': 'admin',
} as const satisfies Record<string, GuardedDoor>;

export type Scope = keyof typeof scopeDoors;

/** Which scopes go with each role a token can give. API keys have theirs one by one. */
export const roleScopes = {
  resident: ['me:read', 'me:write'],
  clerk: ['counter:check', 'decisions:read', 'decisions:replay'],
  operator: ['admin:partners'],
  'policy-editor': ['policies:edit'],
  'policy-approver': ['policies:approve'],
} as const satisfies Record<string, readonly Scope[]>;

export type Role = keyof typeof roleScopes;

/** The scopes a key for a door may be given. */
export function scopesOfDoor(door: GuardedDoor): Scope[] {
  return (Object.keys(scopeDoors) as Scope[]).filter((scope) => scopeDoors[scope] === door);
}
