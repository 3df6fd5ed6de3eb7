/** What is limited a day: checks, and the distinct persons they are about. */
export type LimitedKind = 'checks' | 'persons';

/** What a request got of a day's checks, and how many of them are used since. */
export interface TakenChecks {
  /** From 0 to what was asked for: as many as there was room for. */
  readonly taken: number;
  /** Of the day, read after the taking; others' included. */
  readonly used: number;
}

/**
 * - `counted`: there was room for the check, and one less is left.
 * - `seen`: it was counted before, and costs nothing more.
 * - `exhausted`: it was not, and there is no room.
 */
export type CheckAdmission = 'counted' | 'seen' | 'exhausted';

/** What became of checks that are counted once each, and how many of the day are used since. */
export interface AdmittedChecks {
  /** In the order of what was asked for. */
  readonly admissions: readonly CheckAdmission[];
  readonly used: number;
}

/**
 * - `counted`: the person was not asked about on this day before, and there was room for one more.
 * - `seen`: they were, and cost nothing more.
 * - `exhausted`: they were not, and there is no room.
 */
export type PersonAdmission = 'counted' | 'seen' | 'exhausted';

/** What a third party has used of its terms, by civil day (`YYYY-MM-DD`) of Asia/Shanghai. Throws `PartnerStoreUnavailable`. */
export interface PartnerUsage {
  /**
   * Takes up to `count` checks of a day, never more than `limit` in all, whoever else takes at the same time; and all
   * there are before it says that there are none. A taking whose answer was lost may be counted and not be had.
   *
   * @param count 1 or more.
   */
  takeChecks(partner: string, day: string, count: number, limit: number): Promise<TakenChecks>;

  /**
   * Counts checks of a day by their ids, each once however often and by however many it is asked for, on whatever day:
   * that it was counted and the count are written together. Never more than `limit` in all, those of
   * {@link takeChecks} included. An id is remembered for two days at least.
   *
   * @param ids one or more, each other than the rest.
   */
  takeChecksOnce(
    partner: string,
    day: string,
    ids: readonly string[],
    limit: number,
  ): Promise<AdmittedChecks>;

  /**
   * Counts a person among those of the day, at most `limit` in all.
   *
   * @param index the person's entry in the blind index: keyed, so that nobody can be told from what is kept.
   */
  admitPerson(partner: string, day: string, index: string, limit: number): Promise<PersonAdmission>;

  /** How many distinct persons the day has had. */
  personsOf(partner: string, day: string): Promise<number>;

  /** True for the first to notice, of all processes, that a limit of a day is nearly used up. */
  noticeNear(partner: string, day: string, kind: LimitedKind, limit: number): Promise<boolean>;
}

/** From this share of a limit on, operators are told. */
const nearShare = 0.8;

/** Whether so much of a limit is used that operators should know: 80 % and above. */
export function isNear(used: number, limit: number): boolean {
  return used >= limit * nearShare;
}
