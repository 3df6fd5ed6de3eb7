import { addDays, type CivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { anotherArea, areaInCity } from './places.ts';
import type { Random } from './random.ts';

/** Registered residence in one area, `[from, to)`; `to` is null while it goes on. */
export interface Stay {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly areaCode: string;
}

/** Where a household lives from `arrival` on: moves, and now and then away for a while or for good. */
export function planStays(random: Random, arrival: CivilDate, today: CivilDate, settled: boolean): Stay[] {
  const stays: Stay[] = [];
  let areaCode = areaInCity(random);
  let from = arrival;
  for (;;) {
    const to = addDays(from, settled ? random.int(2_000, 12_000) : random.int(200, 3_000));
    if (to > today) return [...stays, { from, to: null, areaCode }];
    stays.push({ from, to, areaCode });
    const away = random.chance(settled ? 1 : 8);
    if (away && random.chance(35)) return stays;
    from = away ? addDays(to, random.int(1, random.chance(50) ? 40 : 600)) : to;
    if (from > today) return stays;
    areaCode = away && random.chance(40) ? areaCode : anotherArea(random, areaCode);
  }
}

/** The part of the stays from `day` on: of who joins a household later. */
export function staysFrom(stays: readonly Stay[], day: CivilDate): Stay[] {
  return stays
    .filter(({ to }) => to === null || to > day)
    .map((stay) => (stay.from < day ? { ...stay, from: day } : stay));
}

/** Where they live on a day; null while away. */
export function areaOn(stays: readonly Stay[], day: CivilDate): string | null {
  return stays.find(({ from, to }) => from <= day && (to === null || day < to))?.areaCode ?? null;
}

/** Stays that touch, together: each is residence without a break. */
export function stretches(stays: readonly Stay[]): Stay[][] {
  const found: Stay[][] = [];
  for (const stay of stays) {
    const last = found.at(-1);
    if (last !== undefined && last.at(-1)!.to === stay.from) last.push(stay);
    else found.push([stay]);
  }
  return found;
}
