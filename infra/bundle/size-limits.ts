import { routes } from '../../shared/contract/routes.ts';
import type { FunctionBundle } from '../bundling.ts';

const kilobyte = 1024;

/** Bytes that a function may load before its first request; what is read has to be fetched, compiled and run. */
export const sizeLimits = {
  /** Anyone may call it at any time, so most of its starts have somebody waiting for them. */
  public: 250 * kilobyte,
  other: 520 * kilobyte,
} as const;

/** Whether a function serves routes, and none but those of the public door. */
export function isPublic(name: string): boolean {
  const own = routes.filter((route) => route.function === name);
  return own.length > 0 && own.every(({ door }) => door === 'public');
}

/** What is said of a bundle that is too large, with what weighs most in it; null when it is not. */
export function excessOf({ name, bytes, weights }: FunctionBundle): string | null {
  const limit = sizeLimits[isPublic(name) ? 'public' : 'other'];
  if (bytes <= limit) return null;
  const heaviest = weights.slice(0, 8).map(({ of, bytes: weight }) => `${of} ${inKilobytes(weight)}`);
  return `${name} loads ${inKilobytes(bytes)} at its start, of ${inKilobytes(limit)} allowed: ${heaviest.join(', ')}`;
}

export function inKilobytes(bytes: number): string {
  return `${Math.round(bytes / kilobyte)} KB`;
}
