import { addDays, type CivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import type {
  ResidenceHistory,
  ResidencePeriod,
  ResidenceSummary,
} from '../../../shared/domain/resident/resident.ts';
import { type Chooser, chance, pick, shuffled, withOmissions } from '../chooser.ts';
import { anyArea, areaInCity } from './areas.ts';
import { pastDay, wire } from './dates.ts';

export function residenceSummary(chooser: Chooser, omit: number): ResidenceSummary {
  const continuous = pick(chooser, [
    0,
    5,
    6,
    11,
    12,
    13,
    24,
    35,
    36,
    59,
    60,
    61,
    72,
    75,
    120,
    chooser.int(0, 200),
  ]);
  const count = chance(chooser, 40)
    ? { continuousYears: Math.floor(continuous / 12) }
    : { continuousMonths: continuous };
  return withOmissions(
    chooser,
    {
      ...count,
      cumulativeMonths: continuous + 12 + chooser.int(0, 40),
      sameAreaMonths: chooser.int(0, continuous),
      areaCode: anyArea(chooser),
      registered: continuous > 0 || chance(chooser, 50),
    },
    Math.max(omit, 5),
  );
}

/** Stays from the latest back to the first: touching, overlapping or apart, in one area or in several. */
export function residenceHistory(
  chooser: Chooser,
  asOf: CivilDate,
  born: CivilDate,
  omit: number,
): ResidenceHistory {
  const periods: ResidencePeriod[] = [];
  const oneArea = chance(chooser, 50) ? areaInCity(chooser) : null;
  let to: CivilDate | null = null;
  if (chance(chooser, 20)) to = addDays(asOf, pick(chooser, [-200, -30, -1, 0, 1, 30, 400]));
  const stays = chooser.int(chance(chooser, 5) ? 0 : 1, 4);
  let areaCode = oneArea ?? anyArea(chooser);
  for (let stay = 0; stay < stays; stay++) {
    const end: CivilDate = to ?? asOf;
    const from = pastDay(chooser, end, stay === 0 ? 8 : 4);
    if (from > end || from < born) break;
    periods.push({
      from: wire(from),
      ...(to === null ? pick(chooser, [{ to: null }, {}]) : { to: wire(to) }),
      ...withOmissions(chooser, { areaCode }, omit / 2),
    });
    const joint = pick(chooser, ['touch', 'touch', 'day', 'apart', 'overlap'] as const);
    if (joint === 'touch') to = from;
    else if (joint === 'day') to = addDays(from, -1);
    else if (joint === 'apart') to = addDays(from, -chooser.int(2, 700));
    // The register lets a stay overlap the next only where the address stays.
    else to = addDays(from, Math.min(chooser.int(0, 60), end - from));
    if (joint !== 'overlap' && oneArea === null) areaCode = anyArea(chooser);
  }
  if (chance(chooser, 10)) periods.push({ from: wire(addDays(asOf, chooser.int(1, 300))), areaCode });
  return { periods: shuffled(chooser, periods) };
}
