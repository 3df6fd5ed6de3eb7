import {
  type CivilDate,
  civilDate,
  formatCivilDate,
  yearMonthDay,
} from '../../../shared/domain/calendar/civil-date.ts';
import type { EventLog } from './event-log.ts';
import type { Household, Member } from './plan-household.ts';
import { areaOn } from './plan-stays.ts';
import type { Random } from './random.ts';

const JUNIOR_AGE = 12;

/** Secondary school of those who were pupils while they lived here: years begin on 1 September. */
export function tellSchooling(random: Random, log: EventLog, member: Member, household: Household): void {
  const { year, month } = yearMonthDay(member.birth);
  const juniorYear = year + JUNIOR_AGE + (month >= 9 ? 1 : 0);
  const isHere = (day: CivilDate) => day >= member.joins && areaOn(household.stays, day) !== null;
  const [junior, senior] = [civilDate(juniorYear, 9, 1), civilDate(juniorYear + 3, 9, 1)];
  const parents = {
    parentStableJobInProvince: random.chance(85),
    parentStableDwellingInProvince: random.chance(85),
  };
  const hardshipRecognised = random.chance(12);
  if (isHere(junior)) {
    log.tell(junior, {
      type: 'education.updated',
      education: { juniorSecondaryInCity: true, juniorSecondaryYears: 0, ...parents, hardshipRecognised },
    });
  }
  if (isHere(senior)) {
    const vocationalEnrolled = random.chance(35);
    log.tell(senior, {
      type: 'education.updated',
      education: {
        juniorSecondaryInCity: isHere(junior),
        ...(isHere(junior) ? { juniorSecondaryYears: 3 } : {}),
        seniorSecondarySince: formatCivilDate(senior),
        ...parents,
        vocationalEnrolled,
        hardshipRecognised,
      },
    });
  }
}
