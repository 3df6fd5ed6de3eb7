import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import type { Resident } from '../../shared/domain/resident/resident.ts';
import { type Day, nextDay, previousDay } from './calendar.ts';
import { evaluateService } from './evaluate.ts';
import { later, type Situation, situationAt } from './situation.ts';

export function versionInForce(versions: readonly Pack[], day: Day): Pack | null {
  const begun = versions.filter(({ effective: { from } }) => from <= day);
  const latest = begun.find((pack) => begun.every((other) => other.effective.from <= pack.effective.from));
  if (latest === undefined) return null;
  const { until } = latest.effective;
  return until === null || day <= until ? latest : null;
}

/**
 * What a service answers on a day to come, if life goes on as it is at `asOf` (semantics section 6). A day on which
 * no version is in force, or none that knows the service, is a day without the service.
 */
export class Life {
  readonly #versions: readonly Pack[];
  readonly #resident: Resident;
  readonly #asOf: Day;
  readonly #situations = new Map<Pack, Situation>();

  constructor(versions: readonly Pack[], resident: Resident, asOf: Day) {
    this.#versions = versions;
    this.#resident = resident;
    this.#asOf = asOf;
  }

  isEligible(service: string, day: Day): boolean {
    const pack = versionInForce(this.#versions, day);
    if (pack === null || pack.services[service] === undefined) return false;
    return evaluateService(pack, service, later(this.#situationUnder(pack), day)).outcome === 'eligible';
  }

  /** The first day after `asOf`, up to `horizon`, on which the service is eligible; null when there is none. */
  eligibleFrom(service: string, horizon: Day): Day | null {
    for (let day = nextDay(this.#asOf); day <= horizon; day = nextDay(day)) {
      if (this.isEligible(service, day)) return day;
    }
    return null;
  }

  /** The last day, before `horizon`, of those from `asOf` on that are all eligible; null when it does not end. */
  eligibleUntil(service: string, horizon: Day): Day | null {
    for (let day = nextDay(this.#asOf); day <= horizon; day = nextDay(day)) {
      if (!this.isEligible(service, day)) return previousDay(day);
    }
    return null;
  }

  /** Under the parameters of the version that governs the day asked about. */
  #situationUnder(pack: Pack): Situation {
    const known = this.#situations.get(pack);
    if (known !== undefined) return known;
    const situation = situationAt(this.#resident, pack.parameters, this.#asOf);
    this.#situations.set(pack, situation);
    return situation;
  }
}
