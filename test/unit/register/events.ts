import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { residentOfRecord } from '../../../shared/domain/register/resident-of-record.ts';

type Facts<Event> = Event extends RegisterEvent ? Omit<Event, 'eventId' | 'occurredOn' | 'source'> : never;

/** An event of a day, by default of the police; ids are given in order. */
export function eventOn(
  occurredOn: string,
  facts: Facts<RegisterEvent>,
  { source = 'police', eventId = `e-${++lastId}` } = {},
): RegisterEvent {
  return { ...facts, occurredOn, source, eventId } as RegisterEvent;
}

let lastId = 0;

/** The resident of some events on a day. */
export function residentAfter(events: readonly RegisterEvent[], asOf: string) {
  return residentOfRecord(foldEvents(events), parseCivilDate(asOf)!);
}
