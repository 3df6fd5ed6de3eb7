import { addDays, type CivilDate, formatCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import type { EventLog } from './event-log.ts';
import type { Household, Member } from './plan-household.ts';
import { areaOn, type Stay } from './plan-stays.ts';
import type { Random } from './random.ts';

/** Who somebody is, and where their hukou is and was. */
export function tellPerson(random: Random, log: EventLog, member: Member, household: Household): void {
  const { birth, sex, joins } = member;
  const mistaken = random.chance(1.5);
  const stated = mistaken ? addDays(birth, -1) : birth;
  log.tell(joins, { type: 'resident.registered', birthDate: formatCivilDate(stated), sex });
  if (mistaken) {
    log.tell(addDays(joins, random.int(5, 300)), {
      type: 'resident.corrected',
      birthDate: formatCivilDate(birth),
    });
  }
  if (household.documentType === 'resident-id') tellHukou(random, log, member, household);
}

function tellHukou(random: Random, log: EventLog, member: Member, household: Household): void {
  const { hukouArea: areaCode, local, hukouMovedOn } = household;
  // Who goes to a town of the city for good came from one of its villages.
  const kind = local && hukouMovedOn !== null ? 'agricultural' : household.hukouKind;
  if (hukouMovedOn === null || hukouMovedOn > member.joins) {
    log.tell(entryOf(random, member), { type: 'hukou.moved', areaCode, kind });
  }
  const area = hukouMovedOn === null ? null : areaOn(household.stays, hukouMovedOn);
  if (hukouMovedOn === null || area === null) return;
  if (member.joins < hukouMovedOn) {
    log.tell(hukouMovedOn, { type: 'hukou.moved', areaCode: area, kind: 'non-agricultural' });
  } else {
    // Came later, or was born here.
    log.tell(member.joins, { type: 'hukou.moved', areaCode: area, kind: 'non-agricultural' });
  }
}

/** The day of a first entry: within a month of the birth. */
function entryOf(random: Random, { birth, joins }: Member): CivilDate {
  const entered = addDays(birth, random.int(1, 30));
  return entered < joins ? entered : joins;
}

/** Registrations of residence (居住登记), as the police tell them. */
export function tellResidence(random: Random, log: EventLog, stays: readonly Stay[]): void {
  stays.forEach(({ from, to, areaCode }, index) => {
    log.tell(from, { type: 'residence.registered', areaCode });
    // Another address in the same area: registered again, and nothing ends.
    if (to === null && random.chance(12)) {
      log.tell(addDays(from, random.int(100, 1_500)), { type: 'residence.registered', areaCode });
    }
    const movesOn = to !== null && stays[index + 1]?.from === to;
    // A move ends the former registration by itself; some stations tell its end as well.
    if (to !== null && (!movesOn || random.chance(30))) {
      log.tell(to, { type: 'residence.ended', areaCode });
    }
  });
}
