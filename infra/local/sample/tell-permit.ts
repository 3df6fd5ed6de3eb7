import {
  addDays,
  type CivilDate,
  civilDate,
  formatCivilDate,
} from '../../../shared/domain/calendar/civil-date.ts';
import { addMonths, addYears } from '../../../shared/domain/calendar/duration.ts';
import type { EventLog } from './event-log.ts';
import type { Household, Member } from './plan-household.ts';
import { areaOn, type Stay, stretches } from './plan-stays.ts';
import type { Random } from './random.ts';

/** 居住证暂行条例 in force. */
const FIRST_PERMITS = civilDate(2016, 1, 1);
/** The last day of 临时居住证: they had to be replaced by then. */
const LAST_TEMPORARY = civilDate(2016, 6, 30);
/** 港澳台居民居住证申领发放办法 in force. */
const FIRST_HMT_PERMITS = civilDate(2018, 9, 1);
/** Days. */
const SHORT_ABSENCE = 60;

export function tellPermit(
  random: Random,
  log: EventLog,
  member: Member,
  household: Household,
  stays: readonly Stay[],
  today: CivilDate,
): void {
  if (household.documentType === 'foreign-pr') tellForeignCard(random, log, stays[0]!.from, today);
  else if (household.documentType === 'hmt-permit') tellHmtPermit(random, log, stays, today);
  else if (!household.local && !random.chance(member.role === 'child' ? 35 : 10)) {
    const settledOn = household.hukouMovedOn;
    const away = settledOn !== null && areaOn(household.stays, settledOn) === null;
    tellPermits(random, log, stays, away ? null : settledOn, today);
  }
}

/** One permit after the other, each for as long as somebody is there and has no hukou of the city. */
function tellPermits(
  random: Random,
  log: EventLog,
  stays: readonly Stay[],
  settledOn: CivilDate | null,
  today: CivilDate,
): void {
  const diligence = random.pick([99, 98, 93, 80]);
  for (const presence of presences(stays)) {
    const ready = halfYearOf(presence);
    if (ready === null) continue;
    const applied = addDays(ready, random.int(0, 100));
    const before = applied < FIRST_PERMITS;
    const issuedOn = before ? addDays(FIRST_PERMITS, random.int(0, 500)) : applied;
    if (before && random.chance(30)) tellTemporary(log, applied, stays);
    // Given back, taken off the list of the police, or not needed any more.
    const end = earliest(presence.at(-1)!.to, settledOn) ?? addDays(today, 1);
    if (issuedOn < end) tellOnePermit(random, log, presence, { issuedOn, end, diligence });
    if (settledOn !== null && end === settledOn) return;
  }
}

interface Holding {
  readonly issuedOn: CivilDate;
  /** The first day without. */
  readonly end: CivilDate;
  readonly diligence: number;
}

function tellOnePermit(
  random: Random,
  log: EventLog,
  stays: readonly Stay[],
  { issuedOn, end, diligence }: Holding,
): void {
  let areaCode = stays.findLast(({ from }) => from <= issuedOn)!.areaCode;
  log.tell(issuedOn, { type: 'permit.issued', areaCode });
  for (const stay of stays) {
    if (stay.from <= issuedOn || stay.areaCode === areaCode) continue;
    // Told within seven days (成都市居住证管理实施办法 art. 12).
    const told = addDays(stay.from, random.int(0, 7));
    areaCode = stay.areaCode;
    if (told < end) log.tell(told, { type: 'permit.moved', areaCode });
  }
  tellEndorsements(random, log, issuedOn, addDays(end, -1), diligence);
  const lost = addDays(issuedOn, random.int(30, 2_000));
  if (random.chance(6) && lost < end) log.tell(lost, { type: 'permit.replaced' });
  log.tell(end, { type: 'permit.cancelled' });
}

/** Stays with no more than a short absence between them: it costs nobody the permit. */
function presences(stays: readonly Stay[]): Stay[][] {
  const found: Stay[][] = [];
  for (const stay of stays) {
    const last = found.at(-1);
    if (last !== undefined && stay.from - last.at(-1)!.to! <= SHORT_ABSENCE) last.push(stay);
    else found.push([stay]);
  }
  return found;
}

/** The first day with half a year of registered residence behind it, without a break. */
function halfYearOf(stays: readonly Stay[]): CivilDate | null {
  for (const stretch of stretches(stays)) {
    const day = addMonths(stretch[0]!.from, 6);
    const left = stretch.at(-1)!.to;
    if (left === null || day < left) return day;
  }
  return null;
}

function earliest(a: CivilDate | null, b: CivilDate | null): CivilDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** Year after year: mostly in the month before the anniversary, some late, some never again. */
function tellEndorsements(
  random: Random,
  log: EventLog,
  issuedOn: CivilDate,
  last: CivilDate,
  diligence: number,
): void {
  let anchor = issuedOn;
  for (let years = 1; ; years++) {
    const anniversary = addYears(anchor, years);
    const opens = addMonths(anniversary, -1);
    if (opens > last) return;
    if (random.chance(diligence)) {
      const lastDay = addDays(anniversary, -1);
      const some = addDays(opens, random.int(0, lastDay - opens));
      const on = random.weighted([
        [some, 88],
        [opens, 6],
        [lastDay, 6],
      ] as const);
      if (on > last) return;
      log.tell(on, { type: 'permit.endorsed' });
    } else {
      const late = addDays(anniversary, random.pick([0, 1, 5, 20, 30, 31, 75, 180, 340]));
      if (late > last || random.chance(30)) return;
      // The years are counted from the make-up.
      log.tell(late, { type: 'permit.endorsed' });
      anchor = late;
      years = 0;
    }
  }
}

function tellTemporary(log: EventLog, issuedOn: CivilDate, stays: readonly Stay[]): void {
  const areaCode = areaOn(stays, issuedOn);
  const yearOn = addDays(addYears(issuedOn, 1), -1);
  const expiresOn = formatCivilDate(yearOn < LAST_TEMPORARY ? yearOn : LAST_TEMPORARY);
  if (areaCode !== null) {
    log.tell(issuedOn, { type: 'permit.issued', permitType: 'temporary', areaCode, expiresOn });
  }
}

/** Five years without endorsement, then renewed or not. */
function tellHmtPermit(random: Random, log: EventLog, stays: readonly Stay[], today: CivilDate): void {
  const ready = addDays(addMonths(stays[0]!.from, 6), random.int(0, 200));
  const issuedOn = ready < FIRST_HMT_PERMITS ? addDays(FIRST_HMT_PERMITS, random.int(0, 400)) : ready;
  const areaCode = areaOn(stays, issuedOn);
  if (areaCode === null || issuedOn > today) return;
  let expiry = addDays(addYears(issuedOn, 5), -1);
  const permitType = 'hmt' as const;
  log.tell(issuedOn, { type: 'permit.issued', permitType, areaCode, expiresOn: formatCivilDate(expiry) });
  for (const { from, areaCode } of stays) {
    if (from > issuedOn) log.tell(from, { type: 'permit.moved', permitType, areaCode });
  }
  while (expiry < today && random.chance(85)) {
    const renewedOn = addDays(expiry, -random.int(0, 30));
    expiry = addDays(addYears(renewedOn, 5), -1);
    log.tell(renewedOn, { type: 'permit.replaced', permitType, expiresOn: formatCivilDate(expiry) });
  }
}

/** Ten years; the card is for the whole country and names no area. */
function tellForeignCard(random: Random, log: EventLog, arrival: CivilDate, today: CivilDate): void {
  const issuedOn = addDays(arrival, random.int(0, 1_500));
  if (issuedOn > today) return;
  const expiresOn = formatCivilDate(addDays(addYears(issuedOn, 10), -1));
  log.tell(issuedOn, { type: 'permit.issued', permitType: 'foreign-pr', expiresOn });
}
