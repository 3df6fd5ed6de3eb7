import type { RegistryEvent } from '../../contract/registry/event.ts';
import type { CanonicalDocument } from '../identity/document.ts';
import { faultyMember } from '../identity/document-fault.ts';
import { mentionsNumber } from '../identity/mentions-number.ts';
import { normaliseDocument } from '../identity/normalise-document.ts';
import { findContradictions } from '../resident/contradictions.ts';
import type { Resident } from '../resident/resident.ts';
import type { RegisterEvent } from './register-event.ts';

/** Why an event is not taken, in words that repeat nothing of it. */
export interface EventFault {
  /** RFC 6901, relative to the event. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: { readonly 'zh-CN': string; readonly en: string };
}

const DETAILS = {
  'number-in-event-id': {
    'zh-CN': '事件编号不得含有证件号码',
    en: 'the id of the event must not be made from the number of the document',
  },
  'names-itself': { 'zh-CN': '事件不得指向自身', en: 'an event cannot name itself' },
  'corrects-nothing': { 'zh-CN': '更正事件未给出任何内容', en: 'nothing is given that would be corrected' },
} as const;

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

function eventFault(pointer: string, code: keyof typeof DETAILS): EventFault {
  return { pointer, code, detail: DETAILS[code] };
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
