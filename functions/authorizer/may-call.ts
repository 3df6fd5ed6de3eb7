import { type Caller, doorOfKind } from '../../shared/contract/caller.ts';
import type { Route } from '../../shared/contract/route.ts';
import type { Scope } from '../../shared/contract/scopes.ts';

/**
 * The one rule of who may call what: through the door of their own kind only, and with every scope the operation asks
 * for. Everything else is denied, an operation behind a guarded door that asks for no scope too.
 */
export function mayCall(
  { caller, scopes }: { readonly caller: Caller; readonly scopes: readonly Scope[] },
  route: Pick<Route, 'door' | 'scopes'>,
): boolean {
  if (route.door !== doorOfKind[caller.kind] || route.scopes.length === 0) return false;
  return route.scopes.every((scope) => scopes.includes(scope));
}
