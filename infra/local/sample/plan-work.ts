import type { CivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { type CivilMonth, monthOf } from '../../../shared/domain/calendar/civil-month.ts';
import { addYears } from '../../../shared/domain/calendar/duration.ts';
import { areaInCity } from './places.ts';
import type { Household, Member } from './plan-household.ts';
import type { Stay } from './plan-stays.ts';
import type { Random } from './random.ts';

type Work = 'employed' | 'self-employed' | 'flexible' | 'unemployed' | 'not-working';

/** A time with one employer, on one's own, or without work, in whole months; both ends included. */
export interface WorkSpell {
  readonly status: Work;
  readonly from: CivilMonth;
  readonly to: CivilMonth;
  /** Whether it goes on beyond what is planned. */
  readonly goesOn: boolean;
  readonly areaCode: string;
  readonly contract: boolean;
}

/** Who retires when, in years: men at 60, women at 50 or 55. */
const RETIREMENT = { male: [60], female: [50, 55] } as const;

/** Working lives from the day somebody joins, and is old enough, up to today. */
export function planWork(
  random: Random,
  member: Member,
  household: Household,
  stays: readonly Stay[],
  today: CivilDate,
): WorkSpell[] {
  // A month after the birthday begins, so that nobody pays for a month in which they were still a child.
  const grown = monthOf(addYears(member.birth, random.int(household.student ? 20 : 17, 22))) + 1;
  const retired = monthOf(addYears(member.birth, random.pick(RETIREMENT[member.sex])));
  const last = monthOf(stays.at(-1)!.to ?? today);
  let from = Math.max(grown, monthOf(member.joins) + random.int(0, 3));
  const spells: WorkSpell[] = [];
  let working = true;
  while (from <= last && from < retired) {
    const status = working
      ? random.weighted<Work>([
          ['employed', 74],
          ['flexible', 10],
          ['self-employed', 9],
          ['not-working', 7],
        ])
      : 'unemployed';
    const length = working ? random.int(3, 84) : random.int(1, 8);
    const to = Math.min(from + length - 1, last, retired - 1) as CivilMonth;
    spells.push({
      status,
      from: from as CivilMonth,
      to,
      goesOn: to === last && stays.at(-1)!.to === null,
      areaCode: workplace(random, stays, from as CivilMonth),
      contract: status === 'employed' && !random.chance(8),
    });
    working = !working || random.chance(45);
    from = to + 1;
  }
  if (retired <= last && from >= retired) {
    const areaCode = stays.at(-1)!.areaCode;
    const retirement = Math.max(retired, monthOf(member.joins)) as CivilMonth;
    spells.push({
      status: 'not-working',
      from: retirement,
      to: last,
      goesOn: false,
      areaCode,
      contract: false,
    });
  }
  return spells;
}

/** Mostly near home. */
function workplace(random: Random, stays: readonly Stay[], month: CivilMonth): string {
  const home = stays.findLast(({ from }) => monthOf(from) <= month)?.areaCode ?? null;
  return home !== null && random.chance(60) ? home : areaInCity(random);
}
