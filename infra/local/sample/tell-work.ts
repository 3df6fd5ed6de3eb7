import { formatCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { firstDayOf } from '../../../shared/domain/calendar/civil-month.ts';
import type { EventLog } from './event-log.ts';
import type { Household, Member } from './plan-household.ts';
import type { WorkSpell } from './plan-work.ts';
import type { Random } from './random.ts';

/** Employment as it changes, each time whole. */
export function tellWork(
  random: Random,
  log: EventLog,
  member: Member,
  household: Household,
  spells: readonly WorkSpell[],
): void {
  const { documentType, hukouKind, local } = household;
  const fromTheCountry = documentType === 'resident-id' && hukouKind === 'agricultural' && !local;
  let stableMonths = 0;
  for (const { status, from, to, areaCode, contract } of spells) {
    const begun = firstDayOf(from);
    const on = begun < member.joins ? member.joins : begun;
    const since = formatCivilDate(on);
    if (status === 'unemployed') {
      const registeredUnemployed = random.chance(70);
      log.tell(on, {
        type: 'employment.updated',
        employment: {
          status,
          since,
          contract: false,
          involuntaryLoss: random.chance(55),
          registeredUnemployed,
          stableMonthsBeforeLoss: stableMonths,
          supportClass: registeredUnemployed ? 'registered-unemployed' : 'none',
        },
      });
    } else if (status === 'not-working') {
      const employment = { status, since, contract: false, registeredUnemployed: false };
      log.tell(on, { type: 'employment.updated', employment });
    } else {
      const supportClass = fromTheCountry ? ('rural-transfer-worker' as const) : ('none' as const);
      log.tell(on, {
        type: 'employment.updated',
        employment: { status, since, contract, areaCode, registeredUnemployed: false, supportClass },
      });
    }
    stableMonths = status === 'employed' ? to - from + 1 : 0;
  }
}
