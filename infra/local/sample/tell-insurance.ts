import { addDays, type CivilDate, yearMonthDay } from '../../../shared/domain/calendar/civil-date.ts';
import {
  type CivilMonth,
  firstDayOf,
  formatCivilMonth,
  monthOf,
} from '../../../shared/domain/calendar/civil-month.ts';
import type { InsuranceKind } from '../../../shared/domain/resident/resident.ts';
import type { EventLog } from './event-log.ts';
import type { WorkSpell } from './plan-work.ts';
import type { Random } from './random.ts';

type Kinds = readonly [InsuranceKind, ...InsuranceKind[]];

/** What employers pay together. */
const EMPLOYEE: Kinds = ['pension', 'medical', 'unemployment', 'injury', 'maternity'];
/** What people pay who work on their own. */
const ON_ONE_S_OWN: Kinds = ['pension', 'medical'];

/** From this day of a month on it has been paid. */
const DAY_OF_PAYMENT = 15;

interface Batch {
  readonly eventId: string;
  readonly told: CivilDate;
  readonly kinds: Kinds;
  readonly from: CivilMonth;
  readonly to: CivilMonth;
  readonly areaCode: string;
}

/** What was paid in a working life: by year or by month, with gaps, late payments and what was wrong and put right. */
export function tellInsurance(
  random: Random,
  log: EventLog,
  spells: readonly WorkSpell[],
  today: CivilDate,
): void {
  const batches: Batch[] = [];
  for (const spell of spells) batches.push(...tellSpell(random, log, spell, today));
  if (batches.length === 0) {
    // The bureau looked and found nothing; of others it has not said so.
    if (random.chance(40)) {
      log.tell(addDays(today, -random.int(0, 300)), {
        type: 'insurance.contributed',
        kinds: [...EMPLOYEE],
        contributions: [],
      });
    }
    return;
  }
  if (random.chance(10)) correctOne(random, log, batches);
  if (random.chance(6)) voidOne(random, log, random.pick(batches as [Batch, ...Batch[]]));
}

function tellSpell(random: Random, log: EventLog, spell: WorkSpell, today: CivilDate): Batch[] {
  const { status, areaCode } = spell;
  const paidUp = yearMonthDay(today).day >= DAY_OF_PAYMENT ? monthOf(today) : monthOf(today) - 1;
  const to = Math.min(spell.to, paidUp) as CivilMonth;
  const from = (spell.from + (random.chance(15) ? 1 : 0)) as CivilMonth;
  const pays = status === 'employed' ? 94 : status === 'flexible' ? 60 : status === 'self-employed' ? 50 : 0;
  if (from > to || !random.chance(pays)) return [];
  const kinds = status === 'employed' ? EMPLOYEE : ON_ONE_S_OWN;
  const monthly = spell.goesOn && random.chance(40);
  const batches: Batch[] = [];
  const tell = (paidFrom: CivilMonth, paidTo: CivilMonth) => {
    for (const [first, last] of periods(paidFrom, paidTo, monthly ? paidUp : null)) {
      batches.push(tellBatch(random, log, { kinds, from: first, to: last, areaCode }));
    }
  };
  const gap = to - from > 8 && random.chance(14) ? random.int(1, 3) : 0;
  const missed = (from + random.int(2, Math.max(2, to - from - gap - 1))) as CivilMonth;
  if (gap === 0) tell(from, to);
  else {
    tell(from, (missed - 1) as CivilMonth);
    tell((missed + gap) as CivilMonth, to);
    if (random.chance(60)) backPay(random, log, { kinds, from: missed, to: missed + gap - 1, areaCode });
  }
  if (status === 'employed' && random.chance(65)) {
    for (const [first, last] of periods(from, to, null)) {
      tellBatch(random, log, { kinds: ['housingFund'], from: first, to: last, areaCode });
    }
  }
  return batches;
}

/** By calendar year; the months of the year that runs one by one, where that is how they come. */
function periods(from: CivilMonth, to: CivilMonth, monthlyUpTo: number | null): [CivilMonth, CivilMonth][] {
  const found: [CivilMonth, CivilMonth][] = [];
  let first = from;
  while (first <= to) {
    const year = Math.floor(first / 12);
    const single = monthlyUpTo !== null && year === Math.floor(monthlyUpTo / 12);
    const last = (single ? first : Math.min(year * 12 + 11, to)) as CivilMonth;
    found.push([first, last]);
    first = (last + 1) as CivilMonth;
  }
  return found;
}

function tellBatch(random: Random, log: EventLog, paid: Omit<Batch, 'eventId' | 'told'>): Batch {
  const told = addDays(firstDayOf(paid.to), random.int(4, DAY_OF_PAYMENT - 1));
  const contributions = [period(paid, 'paid')];
  const eventId = log.tell(told, { type: 'insurance.contributed', kinds: [...paid.kinds], contributions });
  return { ...paid, eventId, told };
}

function backPay(
  random: Random,
  log: EventLog,
  paid: { kinds: Kinds; from: number; to: number; areaCode: string },
): void {
  log.tell(addDays(firstDayOf((paid.to + 1) as CivilMonth), random.int(10, 200)), {
    type: 'insurance.contributed',
    kinds: [...paid.kinds],
    contributions: [period(paid, 'back-paid')],
  });
}

/** The last month of a batch was not paid after all, or all of it was paid in another area. */
function correctOne(random: Random, log: EventLog, batches: readonly Batch[]): void {
  const long = batches.filter(({ from, to }) => to > from);
  if (long.length === 0) return;
  const wrong = random.pick(long as [Batch, ...Batch[]]);
  const right = random.chance(60)
    ? { ...wrong, to: (wrong.to - 1) as CivilMonth }
    : { ...wrong, areaCode: wrong.areaCode === '510107' ? '510106' : '510107' };
  log.tell(addDays(wrong.told, random.int(10, 150)), {
    type: 'insurance.corrected',
    corrects: wrong.eventId,
    kinds: [...wrong.kinds],
    contributions: [period(right, 'paid')],
  });
}

/** Told once too often: somebody else's payment, taken back when it was noticed. */
function voidOne(random: Random, log: EventLog, like: Batch): void {
  const wrong = tellBatch(random, log, { ...like, to: (like.to + random.int(0, 2)) as CivilMonth });
  log.tell(addDays(wrong.told, random.int(5, 60)), { type: 'insurance.voided', voids: wrong.eventId });
}

function period(
  { from, to, areaCode }: { from: number; to: number; areaCode: string },
  kind: 'paid' | 'back-paid',
) {
  return {
    from: formatCivilMonth(from as CivilMonth),
    to: formatCivilMonth(to as CivilMonth),
    kind,
    areaCode,
  };
}
