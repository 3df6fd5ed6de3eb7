import type { CivilDate } from '../calendar/civil-date.ts';
import { type CivilMonth, monthOf } from '../calendar/civil-month.ts';
import { fullMonths } from '../calendar/duration.ts';
import {
  type CountingRule,
  type InsuranceMonths,
  type InsuranceRecord,
  type PaidMonths,
  type PlaceMembership,
  paidMonths,
} from '../insurance/insurance-count.ts';
import { type PermitEventRecord, type PermitRules, type PermitState, permitAt } from '../residence/permit.ts';
import {
  continuousMonths,
  cumulativeMonths,
  type LapsePolicy,
  mergeStretches,
  type ResidencePeriodRecord,
  type Stretch,
  stretchOn,
} from '../residence/residence.ts';
import {
  knownDate,
  readInsurance,
  readPermitEvents,
  readResidencePeriods,
} from '../resident/read-histories.ts';
import type { InsuranceKind, PermitStatus, PermitType, Resident } from '../resident/resident.ts';
import { type AreaUnits, inSameUnit } from './areas.ts';

export interface DerivationRules extends PermitRules {
  readonly lapsePolicy: LapsePolicy;
}

/** Months of residence: `readings` are two values and nothing between them, a `range` holds all between. */
export interface ResidenceMonths {
  readonly low: number;
  readonly high: number;
  readonly form: 'exact' | 'readings' | 'range';
}

/**
 * A resident's life as a policy's parameters read it at asOf, and as it goes on afterwards (semantics section 6): the
 * permit is endorsed in time, residence continues, people grow older, nothing else changes. What lies after asOf in
 * the record is not looked at. Everything is derived when it is first asked for, once.
 */
export class ResidentLife {
  readonly resident: Resident;
  readonly asOf: CivilDate;
  readonly asOfMonth: CivilMonth;
  readonly rules: DerivationRules;
  /** Groups of facts (`permit`, `insurance` …) whose source did not answer. */
  readonly unavailable: ReadonlySet<string>;
  private permitState: PermitState | null | undefined;
  private periods: ResidencePeriodRecord[] | null | undefined;
  private merged: Stretch[] | undefined;
  private readonly insuranceRecords = new Map<InsuranceKind, InsuranceRecord | null>();
  private readonly months = {
    counts: new Map<InsuranceKind, PaidMonths>(),
    excluded: new Map<InsuranceKind, PaidMonths>(),
  };
  private readonly sinceInUnit = new Map<AreaUnits, CivilDate | null>();
  // Looked through one by one: for the dozen of rules there are, that takes a third of what a Map takes to be filled.
  private readonly rememberedKeys: object[] = [];
  private readonly rememberedValues: unknown[] = [];

  constructor(
    resident: Resident,
    asOf: CivilDate,
    rules: DerivationRules,
    unavailable: ReadonlySet<string> = NOTHING_UNAVAILABLE,
  ) {
    this.resident = resident;
    this.asOf = asOf;
    this.asOfMonth = monthOf(asOf);
    this.rules = rules;
    this.unavailable = unavailable;
  }

  get permitType(): PermitType | null {
    const permit = this.resident.permit;
    return permit === undefined ? null : (permit.type ?? 'mainland');
  }

  /** The permit as its history shows it at asOf; null where only a summary, or nothing, is known. */
  get permit(): PermitState | null {
    if (this.permitState === undefined) {
      const permit = this.resident.permit;
      this.permitState =
        permit !== undefined && 'events' in permit
          ? permitAt(permit.type ?? 'mainland', this.permitEvents(), this.asOf, this.rules)
          : null;
    }
    return this.permitState;
  }

  /** Status of the permit on `date` >= asOf; null when it is not known. */
  permitStatusOn(date: CivilDate): PermitStatus | null {
    const permit = this.resident.permit;
    if (permit === undefined) return null;
    if ('status' in permit) return permit.status;
    const state = this.permit!;
    if (state.status === 'unknown') return null;
    if (state.status === 'valid' && state.nextEndorsement === null && date > state.expiresOn!)
      return 'expired';
    return state.status;
  }

  get permitArea(): string | null {
    const permit = this.resident.permit;
    if (permit === undefined) return null;
    return 'status' in permit ? (permit.areaCode ?? null) : this.permit!.areaCode;
  }

  /** Whether residence is registered at asOf; null when it is not known. */
  get registered(): boolean | null {
    const residence = this.resident.residence;
    if (residence === undefined) return null;
    if ('periods' in residence) return this.currentStretch !== null;
    if (residence.registered !== undefined) return residence.registered;
    return (residence.continuousMonths ?? residence.continuousYears ?? 0) > 0 ? true : null;
  }

  /** Where the resident lives at asOf: as registered, else as the permit says. */
  get residenceArea(): string | null {
    if (this.unavailable.has('residence')) return null;
    const residence = this.resident.residence;
    if (residence !== undefined && 'periods' in residence) {
      const current = latestPeriodOn(this.residencePeriods!, this.asOf);
      if (current?.areaCode) return current.areaCode;
    } else if (residence?.areaCode !== undefined) {
      return residence.areaCode;
    }
    return this.permitArea;
  }

  /** Start of the current unbroken registration, else the permit's issue date; null when there is neither. */
  get residenceSince(): CivilDate | null {
    // The permit must not stand in for registrations of which all that is known is that they are not complete.
    if (this.unavailable.has('residence')) return null;
    const stretch = this.currentStretch;
    if (stretch !== null) return stretch.from;
    const permit = this.permit;
    return permit === null || permit.status === 'cancelled' ? null : permit.issuedOn;
  }

  /** Months of continuous residence on `date` >= asOf; null when nothing tells. */
  continuousMonthsOn(date: CivilDate): ResidenceMonths | null {
    const residence = this.resident.residence;
    if (residence !== undefined && !('periods' in residence)) {
      const later = fullMonths(this.asOf, date);
      if (residence.continuousMonths !== undefined) return exactly(residence.continuousMonths + later);
      if (residence.continuousYears !== undefined) {
        // Full years tell the months only up to the year that is running.
        const months = residence.continuousYears * 12 + later;
        return { low: months, high: months + 11, form: 'range' };
      }
    }
    return this.monthsSince(this.residenceSince, date);
  }

  /** The same inside one unit of areas, from the day of the move into it. */
  continuousMonthsInUnitOn(date: CivilDate, units: AreaUnits): ResidenceMonths | null {
    const residence = this.resident.residence;
    if (residence !== undefined && !('periods' in residence)) {
      if (residence.sameAreaMonths !== undefined) {
        return exactly(residence.sameAreaMonths + fullMonths(this.asOf, date));
      }
      const months = this.continuousMonthsOn(date);
      if (
        months === null ||
        residence.continuousMonths !== undefined ||
        residence.continuousYears !== undefined
      ) {
        // Only an upper bound: how long of it was spent in this unit is not told.
        return months === null ? null : { low: 0, high: months.high, form: 'range' };
      }
    }
    let since = this.sinceInUnit.get(units);
    if (since === undefined) {
      since = this.sinceMoveIntoUnit(units);
      this.sinceInUnit.set(units, since);
    }
    return since === null ? null : this.monthsSince(since, date);
  }

  /** Months of residence in all stretches on `date` >= asOf; null when nothing tells. */
  cumulativeMonthsOn(date: CivilDate): ResidenceMonths | null {
    const residence = this.resident.residence;
    if (residence !== undefined && !('periods' in residence)) {
      const { continuousMonths: run, continuousYears: years, cumulativeMonths: total } = residence;
      if (total !== undefined)
        return exactly(total + (this.registered === false ? 0 : fullMonths(this.asOf, date)));
      if (run !== undefined || years !== undefined) {
        return { low: this.continuousMonthsOn(date)!.low, high: Number.POSITIVE_INFINITY, form: 'range' };
      }
    }
    const stretches = this.stretchesGoingOn();
    if (stretches.length === 0 && this.resident.residence === undefined) return null;
    return exactly(cumulativeMonths(stretches, this.permit?.suspensions ?? [], date));
  }

  insurance(kind: InsuranceKind): InsuranceRecord | null {
    let record = this.insuranceRecords.get(kind);
    if (record === undefined) {
      record = readInsurance(this.resident.insurance?.[kind]);
      this.insuranceRecords.set(kind, record);
    }
    return record;
  }

  /**
   * What is known of a kind of insurance under a rule's `backPaid` and place (null: anywhere): months, or the summary;
   * null when nothing is.
   */
  paidMonths(
    kind: InsuranceKind,
    backPaid: CountingRule['backPaid'],
    membership: ((areaCode: string | null) => PlaceMembership) | null,
  ): PaidMonths | InsuranceMonths | null {
    const record = this.insurance(kind);
    if (record === null || !('contributions' in record)) return record;
    if (membership !== null) return paidMonths(record.contributions, backPaid, membership, this.asOfMonth);
    let months = this.months[backPaid].get(kind);
    if (months === undefined) {
      months = paidMonths(record.contributions, backPaid, null, this.asOfMonth);
      this.months[backPaid].set(kind, months);
    }
    return months;
  }

  /** What `derive` makes of this life, made once for each `key`. */
  remember<T>(key: object, derive: (life: ResidentLife) => T): T {
    const position = this.rememberedKeys.indexOf(key);
    if (position >= 0) return this.rememberedValues[position] as T;
    const value = derive(this);
    this.rememberedKeys.push(key);
    this.rememberedValues.push(value);
    return value;
  }

  /** Birth date of the resident; null when it is not known. */
  get birthDate(): CivilDate | null {
    const text = this.resident.birthDate;
    return text === undefined ? null : knownDate(text);
  }

  private permitEvents(): PermitEventRecord[] {
    const permit = this.resident.permit;
    return permit !== undefined && 'events' in permit ? readPermitEvents(permit) : [];
  }

  private get residencePeriods(): ResidencePeriodRecord[] | null {
    if (this.periods === undefined) {
      const residence = this.resident.residence;
      this.periods =
        residence !== undefined && 'periods' in residence ? readResidencePeriods(residence) : null;
    }
    return this.periods;
  }

  private get stretches(): Stretch[] {
    this.merged ??= mergeStretches(this.residencePeriods ?? []);
    return this.merged;
  }

  private get currentStretch(): Stretch | null {
    return stretchOn(this.stretches, this.asOf);
  }

  private monthsSince(since: CivilDate | null, date: CivilDate): ResidenceMonths | null {
    if (since === null) return this.residenceEnded ? exactly(0) : null;
    const { restart, pause } = continuousMonths(
      since,
      this.permit?.suspensions ?? [],
      date,
      this.rules.lapsePolicy,
    );
    return restart === pause ? exactly(restart) : { low: restart, high: pause, form: 'readings' };
  }

  /** Registrations were given, none holds at asOf, and there never was a permit to count from instead. */
  private get residenceEnded(): boolean {
    return this.residencePeriods !== null && this.permitStatusOn(this.asOf) === 'none';
  }

  /** Stretches up to asOf, the current one going on; where there is none, time since the permit's issue. */
  private stretchesGoingOn(): Stretch[] {
    const since = this.residenceSince;
    const current = this.currentStretch;
    const past = this.stretches.filter((stretch) => stretch.from <= this.asOf && stretch !== current);
    if (since === null) return past;
    const before = past
      .filter((stretch) => stretch.from < since)
      .map(({ from, to }) => ({ from, to: to === null || to > since ? since : to }));
    return [...before, { from: since, to: null }];
  }

  /** The day of the move into the unit of the present area; null when an area on the way is not known. */
  private sinceMoveIntoUnit(units: AreaUnits): CivilDate | null {
    const since = this.residenceSince;
    const here = this.residenceArea;
    if (since === null || here === null) return null;
    const places = this.currentStretch === null ? this.permitPlaces(since) : this.registeredPlaces(since);
    let movedIn: CivilDate | null = null;
    for (const { from, areaCode } of places.reverse()) {
      if (areaCode === null) return null;
      const membership = inSameUnit(areaCode, here, units);
      if (membership === 'unknown') return null;
      if (membership === 'out') break;
      movedIn = from;
    }
    return movedIn === null || movedIn < since ? since : movedIn;
  }

  /** Registrations of the current stretch in order of their start. */
  private registeredPlaces(since: CivilDate): { from: CivilDate; areaCode: string | null }[] {
    return this.residencePeriods!.filter(
      (period) =>
        period.from >= since && period.from <= this.asOf && (period.to === null || period.to > period.from),
    ).sort((a, b) => a.from - b.from);
  }

  /** Issue and moves of the permit in order. */
  private permitPlaces(since: CivilDate): { from: CivilDate; areaCode: string | null }[] {
    return this.permitEvents()
      .filter((event) => event.type === 'issued' || event.type === 'moved')
      .filter((event) => event.on >= since && event.on <= this.asOf)
      .map((event) => ({ from: event.on, areaCode: event.areaCode }))
      .sort((a, b) => a.from - b.from);
  }
}

const NOTHING_UNAVAILABLE: ReadonlySet<string> = new Set();

function exactly(months: number): ResidenceMonths {
  return { low: months, high: months, form: 'exact' };
}

function latestPeriodOn(
  periods: readonly ResidencePeriodRecord[],
  date: CivilDate,
): ResidencePeriodRecord | null {
  let latest: ResidencePeriodRecord | null = null;
  for (const period of periods) {
    if (period.from > date || (period.to !== null && period.to <= date)) continue;
    if (
      latest === null ||
      period.from > latest.from ||
      (period.from === latest.from && (period.areaCode ?? '') > (latest.areaCode ?? ''))
    ) {
      latest = period;
    }
  }
  return latest;
}
