import { type CheckKind, checkShares, load } from './load.ts';

/** What happens in a month. */
export interface Volumes {
  readonly checks: Readonly<Record<CheckKind, number>>;
  readonly events: number;
  /** In the register, whatever happens to them. */
  readonly residents: number;
}

export const checkKinds = Object.keys(checkShares) as CheckKind[];

/** So many checks a month in the stated mixture. */
export function mixedChecks(count: number): Record<CheckKind, number> {
  return Object.fromEntries(checkKinds.map((kind) => [kind, count * checkShares[kind]])) as Record<
    CheckKind,
    number
  >;
}

/** Checks of one kind alone. */
export function checksOf(kind: CheckKind, count: number): Record<CheckKind, number> {
  return { ...mixedChecks(0), [kind]: count };
}

/** What happens in a month among so many residents. */
export function monthOf(residents: number): Volumes {
  const aMonth = (aYear: number) => (residents * aYear) / 12;
  return {
    checks: mixedChecks(aMonth(load.checksPerResidentAYear.value)),
    events: aMonth(load.eventsPerResidentAYear.value),
    residents,
  };
}
