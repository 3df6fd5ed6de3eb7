import type { RegistryEvent } from '../../contract/registry/event.ts';
import type { CanonicalDocument } from '../identity/document.ts';
import { faultyMember } from '../identity/document-fault.ts';
import { mentionsNumber } from '../identity/mentions-number.ts';
import { normaliseDocument } from '../identity/normalise-document.ts';
import { findContradictions } from '../resident/contradictions.ts';
import type { Resident } from '../resident/resident.ts';
import { type EventFault, eventFault } from './event-fault.ts';
import type { RegisterEvent } from './register-event.ts';

/** Whom the event is about and what is to be stored of it, or all that is wrong with it. */
export type Acceptance =
  | { readonly document: CanonicalDocument; readonly event: RegisterEvent; readonly faults?: never }
  | { readonly faults: readonly EventFault[] };

/**
 * Judges an event whose form was checked by itself: its document, and whether what it says can be true. Whether it fits
 * what is known already is not asked: what it fits may be still to come.
 *
 * @param source the bureau that sends it, from its credential.
 */
export function acceptEvent(sent: RegistryEvent, source: string): Acceptance {
  const { document: given, ...facts } = sent;
  const { document, fault } = normaliseDocument(given);
  const faults = [...ownFaults(sent), ...contradictions(sent)];
  if (document === undefined) {
    return { faults: [{ ...fault, pointer: `/document/${faultyMember(fault)}` }, ...faults] };
  }
  if (mentionsNumber(document, sent.eventId)) faults.unshift(eventFault('/eventId', 'number-in-event-id'));
  return faults.length > 0 ? { faults } : { document, event: { ...facts, source } };
}

function ownFaults(sent: RegistryEvent): EventFault[] {
  if (sent.type === 'insurance.corrected' && sent.corrects === sent.eventId) {
    return [eventFault('/corrects', 'names-itself')];
  }
  if (sent.type === 'insurance.voided' && sent.voids === sent.eventId) {
    return [eventFault('/voids', 'names-itself')];
  }
  if (sent.type === 'resident.corrected' && sent.birthDate === undefined && sent.sex === undefined) {
    return [eventFault('', 'corrects-nothing')];
  }
  return [];
}

/** What contradicts itself in the event, found as in a resident of whom nothing else is known. */
function contradictions(sent: RegistryEvent): EventFault[] {
  const alone = residentOfOne(sent);
  if (alone === null) return [];
  const [resident, from, to] = alone;
  return findContradictions(resident, sent.occurredOn)
    .filter(({ pointer }) => pointer.startsWith(from))
    .map((contradiction) => ({ ...contradiction, pointer: to + contradiction.pointer.slice(from.length) }));
}

/** The event as a resident's facts; where they stand there, and where in the event. */
function residentOfOne(sent: RegistryEvent): readonly [Resident, from: string, to: string] | null {
  const on = sent.occurredOn;
  switch (sent.type) {
    case 'resident.registered':
    case 'resident.corrected':
      return [
        { birthDate: sent.birthDate, residence: { periods: [{ from: on }] } },
        '/residence/periods/0/from',
        '/occurredOn',
      ];
    case 'permit.issued':
    case 'permit.replaced':
      return [
        { permit: { events: [{ type: 'issued', on, expiresOn: sent.expiresOn }] } },
        '/permit/events/0',
        '',
      ];
    case 'insurance.contributed':
    case 'insurance.corrected':
      return [{ insurance: { pension: { contributions: sent.contributions } } }, '/insurance/pension', ''];
    default:
      return null;
  }
}
