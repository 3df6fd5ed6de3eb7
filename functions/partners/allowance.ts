import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import type { PartnerTerms } from '../../shared/domain/partners/partner-terms.ts';
import {
  type AdmittedChecks,
  type CheckAdmission,
  isNear,
  type LimitedKind,
  type PartnerUsage,
} from '../../shared/domain/partners/partner-usage.ts';
import { rateLimitHeaders } from '../../shared/http/rate-limit-headers.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import type { Log } from '../../shared/observability/log.ts';
import type { Measures } from '../../shared/observability/measures.ts';
import { todayInShanghai } from '../today.ts';

export interface AllowanceDependencies {
  readonly usage: PartnerUsage;
  /** A person's entry in the register's blind index: the same for one person, and nobody's guess. */
  readonly personIndex: (document: CanonicalDocument) => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
  readonly measures: Measures;
}

/** Checks that are asked for. */
export interface AskedChecks {
  /** Under which each is to be kept. */
  readonly ids: readonly string[];
  /** The ids are made of an idempotency key: whoever sends it again means the same checks. */
  readonly repeatable: boolean;
}

const dayMilliseconds = 86_400_000;
const shanghaiMilliseconds = 8 * 3_600_000;

/** What a third party may still use of a day. */
export class Allowance {
  readonly #dependencies: AllowanceDependencies;
  readonly #partner: string;
  readonly #terms: PartnerTerms;
  readonly #day: string;
  /** Which of the checks asked for are to be had, in their order. */
  readonly admissions: readonly CheckAdmission[];
  /** The limits of the day as answers state them. */
  readonly headers: Readonly<Record<string, string>>;

  private constructor(
    dependencies: AllowanceDependencies,
    partner: string,
    terms: PartnerTerms,
    day: string,
    { admissions, headers }: Pick<Allowance, 'admissions' | 'headers'>,
  ) {
    this.#dependencies = dependencies;
    this.#partner = partner;
    this.#terms = terms;
    this.#day = day;
    this.admissions = admissions;
    this.headers = headers;
  }

  /**
   * Takes checks of today for a third party: as many as there are. Those that can be asked for again, under an
   * idempotency key, are counted once for all times.
   *
   * @throws RequestProblem `quota-exceeded` when there is none; PartnerStoreUnavailable.
   */
  static async take(
    dependencies: AllowanceDependencies,
    partner: string,
    terms: PartnerTerms,
    { ids, repeatable }: AskedChecks,
  ): Promise<Allowance> {
    const { usage, now } = dependencies;
    const instant = now();
    const day = todayInShanghai(() => instant);
    const limit = terms.checksADay;
    const { admissions, used } = repeatable
      ? await usage.takeChecksOnce(partner, day, ids, limit)
      : await takeChecks(usage, partner, day, ids.length, limit);
    const resetSeconds = secondsLeftOfDay(instant);
    const headers = rateLimitHeaders({ limit, used, resetSeconds });
    const allowance = new Allowance(dependencies, partner, terms, day, { admissions, headers });
    await allowance.#tellIfNear('checks', used, limit);
    if (admissions.every((admission) => admission === 'exhausted'))
      throw allowance.exceeded('quota-exceeded');
    return allowance;
  }

  /**
   * Counts a person among those of the day.
   *
   * @throws RequestProblem `person-budget-exhausted`; PartnerStoreUnavailable, ResidentStoreUnavailable
   */
  async admit(document: CanonicalDocument): Promise<void> {
    const { usage, personIndex } = this.#dependencies;
    const limit = this.#terms.personsADay;
    const index = await personIndex(document);
    const admission = await usage.admitPerson(this.#partner, this.#day, index, limit);
    if (admission === 'seen') return;
    await this.#tellIfNear('persons', await usage.personsOf(this.#partner, this.#day), limit);
    if (admission === 'exhausted') throw this.exceeded('person-budget-exhausted');
  }

  /** The problem that a used-up limit is. Tomorrow there is a new one. */
  exceeded(code: 'quota-exceeded' | 'person-budget-exhausted'): RequestProblem {
    const seconds = secondsLeftOfDay(this.#dependencies.now());
    return new RequestProblem(code, { headers: { ...this.headers, 'Retry-After': String(seconds) } });
  }

  async #tellIfNear(kind: LimitedKind, used: number, limit: number): Promise<void> {
    if (!isNear(used, limit)) return;
    const { usage, log, measures } = this.#dependencies;
    if (!(await usage.noticeNear(this.#partner, this.#day, kind, limit))) return;
    measures.countPartnerLimit(kind);
    log.write('partnerNearLimit', { partner: this.#partner, limited: kind, count: used });
  }
}

/** Counts checks nobody can ask for again: one more, whoever asks. */
async function takeChecks(
  usage: PartnerUsage,
  partner: string,
  day: string,
  count: number,
  limit: number,
): Promise<AdmittedChecks> {
  const { taken, used } = await usage.takeChecks(partner, day, count, limit);
  const admissions = Array.from({ length: count }, (_, n) => (n < taken ? 'counted' : 'exhausted'));
  return { admissions, used };
}

/** Whole seconds until midnight in Shanghai: 1 to 86,400. */
export function secondsLeftOfDay(instant: number): number {
  return Math.ceil((dayMilliseconds - ((instant + shanghaiMilliseconds) % dayMilliseconds)) / 1_000);
}
