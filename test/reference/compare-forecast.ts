import { findContradictions } from '../../shared/domain/resident/contradictions.ts';
import type { Resident } from '../../shared/domain/resident/resident.ts';
import { addDays, addMonths, type Day, nextDay, previousDay } from './calendar.ts';
import { type BothEngines, type ProductAnswer, productAnswers } from './compare.ts';
import { Life } from './forecast.ts';
import { shrink } from './shrink.ts';

export interface ForecastScope {
  /** Every one of so many days after asOf is looked at. */
  readonly everyDay: number;
  /** Steps in days at which the years after them are looked at, up to the date that the product names or 50 years. */
  readonly step: number;
  readonly services?: readonly string[];
}

export interface ForecastFault {
  readonly asOf: Day;
  readonly service: string;
  readonly fault: string;
  readonly resident: Resident;
}

/**
 * Looks for days that gainsay `eligibleFrom` and `eligibleUntil`: the day that is named, the one beside it, every day
 * of the first time and some of those after it.
 */
export function forecastFaults(
  engines: BothEngines,
  resident: Resident,
  asOf: Day,
  scope: ForecastScope,
): ForecastFault[] {
  const life = new Life(engines.packs, resident, asOf);
  return productAnswers(engines, resident, asOf, scope.services).flatMap((answer) =>
    faultsOf(answer, life, asOf, scope).map((fault) => ({ asOf, service: answer.code, fault, resident })),
  );
}

function faultsOf(answer: ProductAnswer, life: Life, asOf: Day, scope: ForecastScope): string[] {
  const { code, eligibleFrom, eligibleUntil } = answer;
  const eligible = answer.outcome === 'eligible';
  const faults: string[] = [];
  if (eligible && eligibleFrom !== null) faults.push(`eligible, and from ${eligibleFrom} on`);
  if (!eligible && eligibleUntil !== null) faults.push(`not eligible, and until ${eligibleUntil}`);

  /** The first day on which the answer is another one. */
  const turn = eligible ? eligibleUntil && nextDay(eligibleUntil) : eligibleFrom;
  if (turn !== null) {
    if (life.isEligible(code, turn) === eligible) faults.push(`no change on ${turn}`);
    const eve = previousDay(turn);
    if (eve > asOf && life.isEligible(code, eve) !== eligible) faults.push(`changed before ${turn}`);
  }
  const end = turn ?? addMonths(asOf, 600);
  for (let day = nextDay(asOf), n = 1; day < end; n++) {
    if (life.isEligible(code, day) !== eligible) {
      faults.push(`changes on ${day}, not on ${turn}`);
      break;
    }
    day = n < scope.everyDay ? nextDay(day) : addDays(day, scope.step);
  }
  return faults;
}

/** A message for a failing test: how many, and the first brought down to what it takes. */
export function describeForecastFaults(
  engines: BothEngines,
  found: readonly ForecastFault[],
  scope: ForecastScope,
): string {
  const [first] = found;
  if (first === undefined) return 'no faults';
  const { asOf, service } = first;
  const faultOf = (resident: Resident) =>
    forecastFaults(engines, resident, asOf, { ...scope, services: [service] })[0]?.fault;
  const resident = shrink(
    first.resident,
    (smaller) => findContradictions(smaller, asOf).length === 0 && faultOf(smaller) !== undefined,
  );
  return `${found.length} faults; ${asOf} ${service}: ${faultOf(resident)}\n  ${JSON.stringify(resident)}`;
}
