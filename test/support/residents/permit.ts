import { addDays, type CivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { addMonths, addYears } from '../../../shared/domain/calendar/duration.ts';
import type {
  PermitEvent,
  PermitHistory,
  PermitSummary,
  PermitType,
} from '../../../shared/domain/resident/resident.ts';
import { type Chooser, chance, pick, shuffled, withOmissions } from '../chooser.ts';
import { anyArea, areaInCity } from './areas.ts';
import { pastDay, wire } from './dates.ts';

export function permitSummary(chooser: Chooser, omit: number): PermitSummary {
  const status = chance(chooser, 70)
    ? 'valid'
    : pick(chooser, ['none', 'suspended', 'cancelled', 'expired'] as const);
  const type = pick(chooser, ['mainland', 'mainland', 'mainland', 'hmt', 'foreign-pr', 'temporary'] as const);
  return withOmissions(chooser, { status, type, areaCode: anyArea(chooser) }, omit);
}

export function permitHistory(chooser: Chooser, asOf: CivilDate, omit: number): PermitHistory {
  const foreign = chance(chooser, 15);
  const type: PermitType = foreign ? pick(chooser, ['hmt', 'foreign-pr', 'temporary'] as const) : 'mainland';
  const events = foreign ? expiringPermit(chooser, asOf, omit) : endorsedPermits(chooser, asOf, omit);
  const stated = type === 'mainland' && chance(chooser, 60) ? {} : { type };
  return { ...stated, events: shuffled(chooser, events) };
}

function issue(chooser: Chooser, on: CivilDate, omit: number): PermitEvent {
  return { type: 'issued', on: wire(on), ...withOmissions(chooser, { areaCode: areaInCity(chooser) }, omit) };
}

/** A permit of five years, sometimes renewed, now and then given back. */
function expiringPermit(chooser: Chooser, asOf: CivilDate, omit: number): PermitEvent[] {
  const events: PermitEvent[] = [];
  let on = pastDay(chooser, asOf, 6);
  while (events.length < 3) {
    const expiry = addDays(addYears(on, 5), chooser.int(-1, 1));
    const event = issue(chooser, on, omit);
    events.push(chance(chooser, omit) ? event : { ...event, expiresOn: wire(expiry) });
    if (chance(chooser, 60)) break;
    on = addDays(expiry, chooser.int(-40, 400));
  }
  if (chance(chooser, 8)) events.push({ type: 'cancelled', on: wire(addDays(on, chooser.int(1, 900))) });
  return events;
}

/** One permit after the other: endorsed in time, early, late or not at all; cancelled, lost, moved; issued again. */
function endorsedPermits(chooser: Chooser, asOf: CivilDate, omit: number): PermitEvent[] {
  if (chance(chooser, 3)) return [];
  const events: PermitEvent[] = [];
  const diligence = pick(chooser, [100, 95, 85, 60]);
  let issuedOn = pastDay(chooser, asOf, 12);
  for (let permits = 0; permits < 3; permits++) {
    events.push(issue(chooser, issuedOn, omit));
    const horizon = addDays(asOf, chance(chooser, 15) ? 500 : 0);
    let end = endorse(chooser, issuedOn, horizon, diligence, events);
    if (chance(chooser, 20)) events.push(...changes(chooser, issuedOn, horizon, omit));
    if (!chance(chooser, 14)) break;
    end = addDays(issuedOn, chooser.int(1, Math.max(1, end - issuedOn)));
    events.push({ type: 'cancelled', on: wire(end) });
    if (!chance(chooser, 60)) break;
    issuedOn = addDays(end, pick(chooser, [1, 2, 30, 365, 800]));
  }
  return events;
}

/** Endorsements year by year; the last day that was reached. */
function endorse(
  chooser: Chooser,
  issuedOn: CivilDate,
  horizon: CivilDate,
  diligence: number,
  events: PermitEvent[],
): CivilDate {
  const push = (on: CivilDate) => {
    if (on >= issuedOn) events.push({ type: 'endorsed', on: wire(on) });
  };
  let anchor = issuedOn;
  let years = 1;
  for (;;) {
    const anniversary = addYears(anchor, years);
    if (addMonths(anniversary, -1) > horizon) return horizon;
    if (chance(chooser, 4)) push(addDays(addMonths(anniversary, -1), -chooser.int(1, 300)));
    if (chance(chooser, diligence)) {
      const opens = addMonths(anniversary, -1);
      push(pick(chooser, [opens, addDays(anniversary, -1), addDays(opens, chooser.int(0, 27))]));
      years++;
    } else if (chance(chooser, 75)) {
      const late = addDays(anniversary, pick(chooser, [0, 1, 29, 30, 31, 60, 200, 340, 366, 500]));
      push(late);
      if (chance(chooser, 80)) {
        anchor = late;
        years = 1;
      } else {
        while (addYears(anchor, years) <= late) years++;
      }
    } else {
      // Missed, and the next time again made as if nothing had happened, or never made at all.
      if (chance(chooser, 50)) return anniversary;
      years++;
    }
  }
}

function changes(chooser: Chooser, from: CivilDate, to: CivilDate, omit: number): PermitEvent[] {
  const day = () => wire(addDays(from, chooser.int(1, Math.max(1, to - from))));
  const moves = Array.from({ length: chooser.int(0, 2) }, () => ({
    type: 'moved' as const,
    on: day(),
    ...withOmissions(chooser, { areaCode: anyArea(chooser) }, omit),
  })).filter((move, index, all) => all.findIndex((other) => other.on === move.on) === index);
  return [...moves, ...(chance(chooser, 50) ? [{ type: 'replaced' as const, on: day() }] : [])];
}
