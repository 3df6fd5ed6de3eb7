import type { PackParameters } from '../../shared/domain/policy/pack-schema.ts';
import type {
  PermitEvent,
  PermitHistory,
  PermitStatus,
  PermitSummary,
  PermitType,
} from '../../shared/domain/resident/resident.ts';
import { addDays, addMonths, type Day, earliestOf, nextDay } from './calendar.ts';

/** `[from, to)`: use of the permit is suspended; `to` is the day of the make-up, null while there was none. */
export interface Suspension {
  readonly from: Day;
  readonly to: Day | null;
}

export interface PermitFinding {
  readonly code: 'endorsement-before-window';
  readonly on: Day;
}

export interface PermitReading {
  readonly type: PermitType;
  /** null: cannot be told (a permit that expires, without its expiry date). */
  readonly status: PermitStatus | null;
  readonly issuedOn: Day | null;
  readonly suspensions: readonly Suspension[];
  readonly findings: readonly PermitFinding[];
}

export const isPermitHistory = (permit: PermitSummary | PermitHistory): permit is PermitHistory =>
  'events' in permit;

/** Status of a permit at the end of `asOf`, by walking from its issue to `asOf` day by day (semantics section 2). */
export function permitAt(history: PermitHistory, asOf: Day, parameters: PackParameters): PermitReading {
  const type = history.type ?? 'mainland';
  const events = history.events.filter((event) => event.on <= asOf);
  const issues = events.filter((event) => event.type === 'issued');
  if (issues.length === 0) return { type, status: 'none', issuedOn: null, suspensions: [], findings: [] };
  const issue = issues.reduce((latest, event) => (event.on > latest.on ? event : latest));
  const issuedOn = issue.on;
  const cancelledOn = cancellationOf(events, issuedOn);
  const cancelled = cancelledOn !== null;

  if (type !== 'mainland') {
    let status: PermitStatus | null = null;
    if (cancelled) status = 'cancelled';
    else if (issue.expiresOn != null) status = asOf <= issue.expiresOn ? 'valid' : 'expired';
    return { type, status, issuedOn, suspensions: [], findings: [] };
  }
  const walk = walkPermitYears(events, issuedOn, cancelledOn ?? asOf, parameters);
  const suspended = walk.suspensions.some((suspension) => suspension.to === null);
  const status = cancelled ? 'cancelled' : suspended ? 'suspended' : 'valid';
  return { type, status, issuedOn, ...walk };
}

/** The day the permit issued last was cancelled. On the day of its issue it may be the one before it that was. */
function cancellationOf(events: readonly PermitEvent[], issuedOn: Day): Day | null {
  const first = !events.some((event) => event.type === 'issued' && event.on < issuedOn);
  const days = events
    .filter((event) => event.type === 'cancelled')
    .map((event) => event.on)
    .filter((on) => on > issuedOn || (first && on === issuedOn));
  return days.length === 0 ? null : earliestOf(...days);
}

/** The years of a permit from its issue to `last`, the day of its cancellation included: a day begins before its events. */
function walkPermitYears(
  events: readonly PermitEvent[],
  issuedOn: Day,
  last: Day,
  parameters: PackParameters,
): { suspensions: Suspension[]; findings: PermitFinding[] } {
  const endorsements = [
    ...new Set(events.filter((event) => event.type === 'endorsed').map((event) => event.on)),
  ];
  const suspensions: Suspension[] = [];
  const findings: PermitFinding[] = [];
  let anchor = issuedOn;
  let anniversary = addMonths(anchor, 12);
  let suspendedFrom: Day | null = null;

  for (let day = issuedOn; day <= last; day = nextDay(day)) {
    if (day === anniversary && suspendedFrom === null) {
      const opened = windowOpens(anniversary, parameters);
      const endorsed = endorsements.some((on) => on >= issuedOn && opened <= on && on < anniversary);
      if (endorsed) anniversary = anniversaryAfter(anchor, day);
      else suspendedFrom = day;
    }
    for (const _ of endorsements.filter((on) => on === day)) {
      if (suspendedFrom !== null) {
        suspensions.push({ from: suspendedFrom, to: day });
        suspendedFrom = null;
        if (parameters.anniversaryAfterMakeUp === 'make-up-date') anchor = day;
        anniversary = anniversaryAfter(anchor, day);
      } else if (day < windowOpens(anniversary, parameters)) {
        findings.push({ code: 'endorsement-before-window', on: day });
      }
    }
  }
  if (suspendedFrom !== null) suspensions.push({ from: suspendedFrom, to: null });
  return { suspensions, findings };
}

/** The first day of the window that ends the day before `anniversary`. */
function windowOpens(anniversary: Day, parameters: PackParameters): Day {
  const length = parameters.endorsementWindow;
  return 'months' in length ? addMonths(anniversary, -length.months) : addDays(anniversary, -length.days);
}

/** The first anniversary of `anchor` after `day`. Counted from the anchor, so that 29 February comes back. */
function anniversaryAfter(anchor: Day, day: Day): Day {
  let years = 1;
  while (addMonths(anchor, 12 * years) <= day) years++;
  return addMonths(anchor, 12 * years);
}

/** What last told, by a day, where a permit was for: an issue or a move, whether or not it states an area. */
export function lastPermitPlace(events: readonly PermitEvent[], day: Day): PermitEvent | null {
  return latestOf(
    events.filter((event) => event.on <= day && (event.type === 'issued' || event.type === 'moved')),
  );
}

/** The area the permit is for on `day`, as its issue or its last move states it. */
export function permitAreaAt(history: PermitHistory, day: Day): string | null {
  return latestOf(placesOf(history, day))?.areaCode ?? null;
}

function placesOf(history: PermitHistory, day: Day): PermitEvent[] {
  const events = history.events.filter((event) => event.on <= day);
  const issuedOn = events
    .filter((event) => event.type === 'issued')
    .map((event) => event.on)
    .toSorted()
    .at(-1);
  if (issuedOn === undefined) return [];
  return events.filter(
    (event) => event.on >= issuedOn && (event.type === 'issued' || event.type === 'moved'),
  );
}

/** A move on the day of the issue comes after it; of two on one day, which no record orders, the greater code. */
function latestOf(events: readonly PermitEvent[]): PermitEvent | null {
  const rank = ({ on, type, areaCode }: PermitEvent) => `${on} ${type === 'moved' ? 1 : 0} ${areaCode ?? ''}`;
  return events.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).at(-1) ?? null;
}
