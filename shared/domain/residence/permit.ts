import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { addMonths } from '../calendar/duration.ts';
import { inOrder } from '../calendar/in-order.ts';
import type { PermitEventType, PermitStatus, PermitType } from '../resident/resident.ts';

/** One event of a permit's history, its date as an integer. */
export interface PermitEventRecord {
  readonly type: PermitEventType;
  readonly on: CivilDate;
  readonly areaCode: string | null;
  /** Last day of validity, inclusive; for permits that are not endorsed. */
  readonly expiresOn: CivilDate | null;
}

export interface PermitRules {
  /** From where the years are counted after a late endorsement. */
  readonly anniversaryAfterMakeUp: 'make-up-date' | 'issue-date';
  /** How long before each anniversary the permit can be endorsed. */
  readonly endorsementWindow: { readonly months: number } | { readonly days: number };
}

/** Time without the use of the permit: `[from, to)`; `to` is the day of the make-up, null while there is none. */
export interface Suspension {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

export interface PermitFinding {
  readonly code: 'endorsement-before-window' | 'event-after-cancellation';
  readonly on: CivilDate;
}

/** The window `[from, anniversary)` in which the permit is to be endorsed next; what is already endorsed is past. */
export interface EndorsementWindow {
  readonly from: CivilDate;
  readonly anniversary: CivilDate;
}

export interface PermitState {
  /** `unknown`: a permit that ends on an expiry date which was not given. */
  readonly status: PermitStatus | 'unknown';
  /** The latest issue on or before the day asked for. */
  readonly issuedOn: CivilDate | null;
  readonly areaCode: string | null;
  readonly expiresOn: CivilDate | null;
  readonly suspensions: readonly Suspension[];
  /** Null unless the permit is valid and is one that must be endorsed. */
  readonly nextEndorsement: EndorsementWindow | null;
  readonly findings: readonly PermitFinding[];
}

const NO_PERMIT: PermitState = {
  status: 'none',
  issuedOn: null,
  areaCode: null,
  expiresOn: null,
  suspensions: [],
  nextEndorsement: null,
  findings: [],
};

/** 港澳台居民居住证 and the foreign permanent resident card run to their expiry date without 签注. */
function needsEndorsement(type: PermitType): boolean {
  return type === 'mainland';
}

function windowStart(anniversary: CivilDate, window: PermitRules['endorsementWindow']): CivilDate {
  return 'months' in window ? addMonths(anniversary, -window.months) : addDays(anniversary, -window.days);
}

/**
 * The state of a permit at `asOf` (居住证暂行条例 art. 10; semantics section 2). `events` may come in any order; those
 * after `asOf` are not looked at. A permit starts at its latest issue.
 */
export function permitAt(
  type: PermitType,
  events: readonly PermitEventRecord[],
  asOf: CivilDate,
  rules: PermitRules,
): PermitState {
  let issuedOn: CivilDate | null = null;
  let firstIssuedOn: CivilDate | null = null;
  for (const event of events) {
    if (event.type !== 'issued' || event.on > asOf) continue;
    if (issuedOn === null || event.on > issuedOn) issuedOn = event.on;
    if (firstIssuedOn === null || event.on < firstIssuedOn) firstIssuedOn = event.on;
  }
  if (issuedOn === null) return NO_PERMIT;

  // Cancelled and issued on one day: the old permit was cancelled, unless there was none before.
  const onlyPermit = firstIssuedOn === issuedOn;
  let cancelledOn: CivilDate | null = null;
  const endorsements: CivilDate[] = [];
  for (const event of events) {
    if (event.on > asOf || event.on < issuedOn) continue;
    // What is recorded twice is one endorsement: the copy is none that came too early.
    if (event.type === 'endorsed' && !endorsements.includes(event.on)) endorsements.push(event.on);
    else if (event.type === 'cancelled' && (event.on > issuedOn || onlyPermit)) {
      if (cancelledOn === null || event.on < cancelledOn) cancelledOn = event.on;
    }
  }

  const { areaCode, expiresOn } = latestParticulars(events, issuedOn, asOf);
  const base = { issuedOn, areaCode, expiresOn };
  if (!needsEndorsement(type)) {
    const status =
      cancelledOn !== null
        ? 'cancelled'
        : expiresOn === null
          ? 'unknown'
          : asOf <= expiresOn
            ? 'valid'
            : 'expired';
    return { ...base, status, suspensions: [], nextEndorsement: null, findings: [] };
  }
  const years = endorsementYears(issuedOn, inOrder(endorsements), asOf, cancelledOn, rules);
  if (cancelledOn !== null) return { ...base, ...years, status: 'cancelled', nextEndorsement: null };
  return { ...base, ...years, status: years.nextEndorsement === null ? 'suspended' : 'valid' };
}

/** Walks the permit years from the issue to `asOf` (or to the cancellation) and finds where they were not endorsed. */
function endorsementYears(
  issuedOn: CivilDate,
  endorsements: readonly CivilDate[],
  asOf: CivilDate,
  cancelledOn: CivilDate | null,
  rules: PermitRules,
): Pick<PermitState, 'suspensions' | 'nextEndorsement' | 'findings'> {
  const suspensions: Suspension[] = [];
  const findings: PermitFinding[] = [];
  const end = cancelledOn ?? asOf;
  let anchor = issuedOn;
  let year = 1;
  let next = 0;
  let endorsed = false;
  for (;;) {
    const anniversary = addMonths(anchor, 12 * year);
    const from = windowStart(anniversary, rules.endorsementWindow);
    for (; next < endorsements.length && endorsements[next]! < anniversary; next++) {
      const on = endorsements[next]!;
      if (cancelledOn !== null && on > cancelledOn) findings.push({ code: 'event-after-cancellation', on });
      else if (on >= from) endorsed = true;
      else findings.push({ code: 'endorsement-before-window', on });
    }
    if (endorsed) {
      endorsed = false;
      year += 1;
      continue;
    }
    if (anniversary > end) return { suspensions, findings, nextEndorsement: { from, anniversary } };
    const makeUp = endorsements[next];
    if (makeUp === undefined || makeUp > end) {
      suspensions.push({ from: anniversary, to: null });
      return { suspensions, findings, nextEndorsement: null };
    }
    suspensions.push({ from: anniversary, to: makeUp });
    next += 1;
    if (rules.anniversaryAfterMakeUp === 'make-up-date') {
      anchor = makeUp;
      year = 1;
    } else {
      while (addMonths(anchor, 12 * year) <= makeUp) year += 1;
      // A make-up inside the window of the next anniversary is an endorsement in that window as well.
      endorsed = makeUp >= windowStart(addMonths(anchor, 12 * year), rules.endorsementWindow);
    }
  }
}

/**
 * Area and expiry: of its latest issue or move, which after a move to where was not told is not known; of the latest event
 * that states it.
 */
function latestParticulars(
  events: readonly PermitEventRecord[],
  issuedOn: CivilDate,
  asOf: CivilDate,
): Pick<PermitState, 'areaCode' | 'expiresOn'> {
  let area: PermitEventRecord | null = null;
  let expiry: PermitEventRecord | null = null;
  for (const event of events) {
    if (event.on < issuedOn || event.on > asOf) continue;
    if (tellsPlace(event) && (area === null || isLater(event, area))) area = event;
    if (event.expiresOn !== null && (expiry === null || isLater(event, expiry))) expiry = event;
  }
  return { areaCode: area?.areaCode ?? null, expiresOn: expiry?.expiresOn ?? null };
}

/** Whether from this event on a permit is for another place: a new permit, or one that moved. */
export function tellsPlace({ type }: PermitEventRecord): boolean {
  return type === 'issued' || type === 'moved';
}

/** A total order, so that the order of events on input cannot matter: by day, a move after an issue, then by value. */
export function isLater(a: PermitEventRecord, b: PermitEventRecord): boolean {
  if (a.on !== b.on) return a.on > b.on;
  if (a.type !== b.type) return a.type !== 'issued' && b.type === 'issued';
  if (a.areaCode !== b.areaCode) return (a.areaCode ?? '') > (b.areaCode ?? '');
  return (a.expiresOn ?? 0) > (b.expiresOn ?? 0);
}
