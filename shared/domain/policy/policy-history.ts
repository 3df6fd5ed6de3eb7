import type { CivilDate } from '../calendar/civil-date.ts';
import type { CompiledPolicy } from './compiled-policy.ts';

/** The published versions of one policy. */
export interface PolicyHistory {
  readonly id: string;
  /** In order of their first day; their periods do not overlap. */
  readonly versions: readonly CompiledPolicy[];
}

/** A policy's versions in order of their first day. */
export function policyHistory(id: string, versions: readonly CompiledPolicy[]): PolicyHistory {
  return { id, versions: [...versions].sort((a, b) => a.effectiveFrom - b.effectiveFrom) };
}

/** Index of the version in force on `date` (both ends of a period included), or -1. */
export function versionIndexOn(history: PolicyHistory, date: CivilDate): number {
  return history.versions.findIndex(
    (version) => version.effectiveFrom <= date && date <= version.effectiveUntil,
  );
}

/** The version in force on `date`, or null. */
export function versionInForce(history: PolicyHistory, date: CivilDate): CompiledPolicy | null {
  return history.versions[versionIndexOn(history, date)] ?? null;
}

/** Whether a version of the policy has a service, be it in force or not. */
export function isInAnyVersion({ versions }: PolicyHistory, service: string): boolean {
  return versions.some(({ serviceIndex }) => serviceIndex.has(service));
}
