import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCivilMonth } from '../../../shared/domain/calendar/civil-month.ts';
import { factsOfEvent } from '../../../shared/domain/register/facts-of-event.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import { joinFacts } from '../../../shared/domain/register/record-facts.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { recordText } from '../../../shared/domain/register/resident-record.ts';
import { arbitraryOf, pick, seededChooser } from '../../support/chooser.ts';
import { applyAll, generateEvents } from './generate-events.ts';
import { expectSameInOrders } from './same-in-orders.ts';

describe('the record of a set of events', () => {
  it('is byte for byte the same in 300 orders of 200 events, some sent twice (npm run check:long: 1,000)', () => {
    expectSameInOrders(300);
  }, 120_000);

  it('is the same after every single event as it is by definition', () => {
    const few = arbitraryOf((chooser) => generateEvents(chooser, chooser.int(1, 8)));
    fc.assert(
      fc.property(few, (events) => {
        for (let count = 1; count <= events.length; count++) {
          const prefix = events.slice(0, count);
          expect(recordText(applyAll(prefix).record)).toBe(recordText(foldEvents([...prefix].reverse())));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('joins what sets of events say, in any grouping, order and number', () => {
    const some = arbitraryOf((chooser) => joinFacts(generateEvents(chooser, 5).map(factsOfEvent)));
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const together = joinFacts([a, b, c]);
        expect(joinFacts([joinFacts([a, b]), c])).toEqual(together);
        expect(joinFacts([a, joinFacts([b, c])])).toEqual(together);
        expect(joinFacts([c, b, a, b])).toEqual(together);
      }),
      { numRuns: 200 },
    );
  });

  it('credits the months of the events that stand, and no others', () => {
    for (let seed = 0; seed < 200; seed++) {
      const events = generateEvents(seededChooser(1_000 + seed), pick(seededChooser(seed), [5, 30, 100]));
      expect(monthsOf(foldEvents(events).insurance)).toEqual(monthsByDefinition(events));
    }
  });

  it('is folded anew only when something is taken back', () => {
    expect(applyAll(generateEvents(seededChooser(7), 200, 0)).rebuilds).toBe(0);
    expect(applyAll(generateEvents(seededChooser(7), 200, 10)).rebuilds).toBeGreaterThan(10);
  });
});

/** Every single month of a record, with how and where it was paid. */
function monthsOf(insurance: ReturnType<typeof foldEvents>['insurance']): string[] {
  return Object.entries(insurance ?? {})
    .flatMap(([insuranceKind, paid]) =>
      paid.flatMap(({ kind, areaCode, months }) =>
        months.flatMap(([from, count]) =>
          each(from, from + count - 1).map((month) => `${insuranceKind} ${kind} ${areaCode} ${month}`),
        ),
      ),
    )
    .sort();
}

/** The same month by month from the events: an event counts unless another is named in its place, or it was outdone. */
function monthsByDefinition(events: readonly RegisterEvent[]): string[] {
  const naming = (source: string, id: string) =>
    events.filter(
      (event) =>
        event.source === source &&
        ((event.type === 'insurance.voided' && event.voids === id) ||
          (event.type === 'insurance.corrected' && event.corrects === id)),
    );
  const comesAfter = (a: RegisterEvent, b: RegisterEvent) =>
    a.occurredOn !== b.occurredOn
      ? a.occurredOn > b.occurredOn
      : a.type !== b.type
        ? a.type === 'insurance.voided'
        : a.eventId > b.eventId;
  const months = new Set<string>();
  for (const event of events) {
    if (event.type !== 'insurance.contributed' && event.type !== 'insurance.corrected') continue;
    if (naming(event.source, event.eventId).length > 0) continue;
    const rivals = event.type === 'insurance.corrected' ? naming(event.source, event.corrects) : [];
    if (rivals.some((rival) => comesAfter(rival, event))) continue;
    for (const { from, to, kind, areaCode } of event.contributions) {
      for (const month of each(parseCivilMonth(from)!, parseCivilMonth(to)!)) {
        for (const insurance of event.kinds) months.add(`${insurance} ${kind} ${areaCode} ${month}`);
      }
    }
  }
  return [...months].sort();
}

function each(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
