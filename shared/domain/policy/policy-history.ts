import type { CivilDate } from '../calendar/civil-date.ts';
import type { CompiledPolicy } from './compiled-policy.ts';

/** The published versions of one policy. */
export interface PolicyHistory {
  readonly id: string;
  /** In order of their first day; their periods do not overlap. One without an end holds until the next one begins. */
  readonly versions: readonly CompiledPolicy[];
}

/** A policy's versions in order of their first day. */
export function policyHistory(id: string, versions: readonly CompiledPolicy[]): PolicyHistory {
  return { id, versions: [...versions].sort((a, b) => a.effectiveFrom - b.effectiveFrom) };
}

/** The version in force on `date` (both ends of a period included), or null. */
export function versionInForce({ versions }: PolicyHistory, date: CivilDate): CompiledPolicy | null {
  // From the last one: most evaluations are for a day in its time.
  for (let index = versions.length - 1; index >= 0; index--) {
    const version = versions[index]!;
    if (version.effectiveFrom <= date) return date <= version.effectiveUntil ? version : null;
  }
  return null;
}

/** Whether a version of the policy has a service, be it in force or not. */
export function isInAnyVersion({ versions }: PolicyHistory, service: string): boolean {
  return versions.some(({ serviceIndex }) => serviceIndex.has(service));
}
