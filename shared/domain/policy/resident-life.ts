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
import type { AreaUnits } from './areas.ts';
import { latestPeriodOn, type MoveIntoUnit, moveIntoUnit, permitPlaces, registeredPlaces } from './places.ts';

export interface DerivationRules extends PermitRules {
  readonly lapsePolicy: LapsePolicy;
}

/** Months of residence: `readings` are two values and nothing between them, a `range` holds all between. */
export interface ResidenceMonths {
  readonly low: number;
  readonly high: number;
  readonly form: 'exact' | 'readings' | 'range';
}

/** What is known of one kind of insurance; and its months anywhere by whether those paid back count, once they are asked for. */
interface KindOfInsurance extends Record<CountingRule['backPaid'], PaidMonths | null> {
  readonly record: InsuranceRecord | null;
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
  private born: CivilDate | null | undefined;
  private events: PermitEventRecord[] | undefined;
  private permitState: PermitState | null | undefined;
  private periods: ResidencePeriodRecord[] | null | undefined;
  private merged: Stretch[] | undefined;
  private readonly kinds = new Map<InsuranceKind, KindOfInsurance>();
  // Looked through one by one: for the dozen of keys there are, that takes a third of what a Map takes to be filled.
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
          ? permitAt(permit.type ?? 'mainland', this.permitEvents, this.asOf, this.rules)
          : null;
    }
    return this.permitState;
  }

  /** Status of the permit on `date` >= asOf; null when it is not known. */
  permitStatusOn(date: CivilDate): PermitStatus | null {
    const permit = this.resident.permit;
    if (permit === undefined) return null;
    if (!('events' in permit)) return permit.status ?? null;
    const state = this.permit!;
    if (state.status === 'unknown') return null;
    if (state.status === 'valid' && state.nextEndorsement === null && date > state.expiresOn!)
      return 'expired';
    return state.status;
  }

  get permitArea(): string | null {
    const permit = this.resident.permit;
    if (permit === undefined) return null;
    return 'events' in permit ? this.permit!.areaCode : (permit.areaCode ?? null);
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
      const later = fullMonths(this.asOf, date);
      if (residence.sameAreaMonths !== undefined) return exactly(residence.sameAreaMonths + later);
      if (residence.continuousMonths !== undefined || residence.continuousYears !== undefined) {
        // Only an upper bound: how long of it was spent in this unit is not told.
        return { low: later, high: this.continuousMonthsOn(date)!.high, form: 'range' };
      }
    }
    const move = this.remember(units, () => this.moveInto(units));
    if (move === null) return this.monthsSince(null, date);
    const fewest = this.monthsSince(move.surely, date);
    if (fewest === null || move.surely === move.perhaps) return fewest;
    const most = this.monthsSince(move.perhaps, date)!;
    if (fewest.low === most.low && fewest.high === most.high) return fewest;
    return { low: fewest.low, high: most.high, form: 'range' };
  }

  /** Months of residence in all stretches on `date` >= asOf; null when nothing tells. */
  cumulativeMonthsOn(date: CivilDate): ResidenceMonths | null {
    const residence = this.resident.residence;
    if (residence !== undefined && !('periods' in residence)) {
      const { continuousMonths: run, continuousYears: years, cumulativeMonths: total } = residence;
      if (total !== undefined) return exactly(total + fullMonths(this.asOf, date));
      if (run !== undefined || years !== undefined) {
        return { low: this.continuousMonthsOn(date)!.low, high: Number.POSITIVE_INFINITY, form: 'range' };
      }
    }
    const stretches = this.stretchesGoingOn();
    if (this.lapseIsUndated || (stretches.length === 0 && this.residencePeriods === null)) return null;
    return exactly(cumulativeMonths(stretches, this.permit?.suspensions ?? [], date));
  }

  insurance(kind: InsuranceKind): InsuranceRecord | null {
    return this.kind(kind).record;
  }

  private kind(kind: InsuranceKind): KindOfInsurance {
    let known = this.kinds.get(kind);
    if (known === undefined) {
      known = { record: readInsurance(this.resident.insurance?.[kind]), counts: null, excluded: null };
      this.kinds.set(kind, known);
    }
    return known;
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
    const known = this.kind(kind);
    const { record } = known;
    if (record === null || !('contributions' in record)) return record;
    if (membership !== null) return paidMonths(record.contributions, backPaid, membership, this.asOfMonth);
    known[backPaid] ??= paidMonths(record.contributions, backPaid, null, this.asOfMonth);
    return known[backPaid];
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
    if (this.born === undefined) {
      const text = this.resident.birthDate;
      this.born = text === undefined ? null : knownDate(text);
    }
    return this.born;
  }

  private get permitEvents(): readonly PermitEventRecord[] {
    if (this.events === undefined) {
      const permit = this.resident.permit;
      this.events = permit !== undefined && 'events' in permit ? readPermitEvents(permit) : [];
    }
    return this.events;
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
    const { lapsePolicy } = this.rules;
    // Since when the permit is suspended is not told: only these two need not know (semantics section 3).
    if (this.lapseIsUndated && lapsePolicy !== 'bridge') return lapsePolicy === 'restart' ? exactly(0) : null;
    const { restart, pause } = continuousMonths(since, this.permit?.suspensions ?? [], date, lapsePolicy);
    return restart === pause ? exactly(restart) : { low: restart, high: pause, form: 'readings' };
  }

  /** The permit is said to be suspended, without the history that tells since when. */
  private get lapseIsUndated(): boolean {
    const { permit } = this.resident;
    return permit !== undefined && !('events' in permit) && permit.status === 'suspended';
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

  private moveInto(units: AreaUnits): MoveIntoUnit | null {
    const since = this.residenceSince;
    if (since === null) return null;
    const ofPermits = permitPlaces(this.permitEvents, this.asOf);
    const places =
      this.currentStretch === null
        ? ofPermits.filter(({ from }) => from >= since)
        : registeredPlaces(this.residencePeriods!, ofPermits, since, this.asOf);
    return moveIntoUnit(places, this.residenceArea, units);
  }
}

const NOTHING_UNAVAILABLE: ReadonlySet<string> = new Set();

function exactly(months: number): ResidenceMonths {
  return { low: months, high: months, form: 'exact' };
}
