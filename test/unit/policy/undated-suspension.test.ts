import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { ResidentLife } from '../../../shared/domain/policy/resident-life.ts';
import type { LapsePolicy } from '../../../shared/domain/residence/residence.ts';

const resident = {
  permit: { status: 'suspended' },
  residence: { periods: [{ from: '2019-01-01' }] },
} as const;
const asOf = parseCivilDate('2024-03-10')!;

function lifeUnder(lapsePolicy: LapsePolicy): ResidentLife {
  const rules = {
    lapsePolicy,
    anniversaryAfterMakeUp: 'make-up-date',
    endorsementWindow: { months: 1 },
  } as const;
  return new ResidentLife(resident, asOf, rules);
}

describe('residence under a permit that is suspended since a day nobody told', () => {
  it.each<[string, LapsePolicy, number | null]>([
    ['restart: nothing counts during a suspension', 'restart', 0],
    ['bridge: a suspension loses nothing', 'bridge', 62],
    ['pause: up to when it counts is not known', 'pause', null],
    ['the two readings of art. 10: one of them is not known', 'ambiguous-art10', null],
    ['grace: whether it is over is not known', { graceThenRestart: { days: 30 } }, null],
  ])('%s', (_name, lapsePolicy, months) => {
    expect(lifeUnder(lapsePolicy).continuousMonthsOn(asOf)?.low ?? null).toBe(months);
  });

  it('leaves months in all unknown too', () => {
    expect(lifeUnder('pause').cumulativeMonthsOn(asOf)).toBeNull();
  });
});
