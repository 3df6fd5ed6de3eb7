import * as fc from 'fast-check';
import { expect } from 'vitest';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { recordText } from '../../../shared/domain/register/resident-record.ts';
import { type Chooser, seededChooser, shuffled } from '../../support/chooser.ts';
import { applyAll, generateEvents } from './generate-events.ts';

/** The events in another order, some of them twice. */
function resent(chooser: Chooser, events: readonly RegisterEvent[]): RegisterEvent[] {
  return shuffled(chooser, [...events, ...events.filter(() => chooser.int(1, 10) === 1)]);
}

/** Expects one record of each of 20 histories of 200 events, byte for byte, in so many orders in all. */
export function expectSameInOrders(orders: number): void {
  const histories = Array.from({ length: 20 }, (_, seed) => {
    const events = generateEvents(seededChooser(seed), 200, 2);
    return { events, text: recordText(foldEvents(events)) };
  });
  fc.assert(
    fc.property(fc.nat(histories.length - 1), fc.integer(), (history, order) => {
      const { events, text } = histories[history]!;
      const { record } = applyAll(resent(seededChooser(order), events));
      // Compared as texts without a diff: a diff of two records a thousand times would be all this does.
      if (recordText(record) !== text) throw new Error('another record');
    }),
    { numRuns: orders },
  );
  expect(new Set(histories.map(({ text }) => text)).size).toBe(histories.length);
}
