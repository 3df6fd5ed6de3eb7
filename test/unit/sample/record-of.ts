import type { SampleEvent } from '../../../infra/local/sample/event-log.ts';
import { registryEvent } from '../../../shared/contract/registry/event.ts';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { acceptEvent } from '../../../shared/domain/register/accept-event.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import { type RegisterEvent, registerEventSchema } from '../../../shared/domain/register/register-event.ts';
import { residentOfRecord } from '../../../shared/domain/register/resident-of-record.ts';

/** The events as the register takes them from the wire; throws where it would refuse one. */
export function accepted(events: readonly SampleEvent[]): RegisterEvent[] {
  return events.map(({ source, event }) => {
    const acceptance = acceptEvent(registryEvent.parse(event), source);
    if (acceptance.faults !== undefined) throw new Error(JSON.stringify(acceptance.faults));
    return registerEventSchema.parse(acceptance.event);
  });
}

/** What the register makes of the events on a day. */
export function residentFrom(events: readonly SampleEvent[], asOf: string) {
  return residentOfRecord(foldEvents(accepted(events)), parseCivilDate(asOf)!);
}
