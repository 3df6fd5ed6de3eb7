import type { DocumentFaultCode } from '../identity/document-fault.ts';
import type { ContradictionCode } from '../resident/contradictions.ts';

/** What can be wrong with an event besides its document and what contradicts itself, in words. */
export const eventFaults = {
  'number-in-event-id': {
    'zh-CN': '事件编号不得含有证件号码',
    en: 'the id of the event must not be made from the number of the document',
  },
  'names-itself': { 'zh-CN': '事件不得指向自身', en: 'an event cannot name itself' },
  'corrects-nothing': { 'zh-CN': '更正事件未给出任何内容', en: 'nothing is given that would be corrected' },
} as const;

export type EventFaultCode = keyof typeof eventFaults;

/** Why an event is not taken, in words that repeat nothing of it. */
export interface EventFault {
  /** RFC 6901, relative to the event. */
  readonly pointer: string;
  readonly code: EventFaultCode | DocumentFaultCode | ContradictionCode;
  readonly detail: { readonly 'zh-CN': string; readonly en: string };
}

export function eventFault(pointer: string, code: EventFaultCode): EventFault {
  return { pointer, code, detail: eventFaults[code] };
}
