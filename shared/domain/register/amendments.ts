import { joinLists } from './join-lists.ts';
import type { RegisterEvent } from './register-event.ts';
import type { Amendment } from './resident-record.ts';

/** The amendment an event makes to another; null for all events but corrections and voids of insurance. */
export function amendmentOf(event: RegisterEvent): Amendment | null {
  const { source, occurredOn: on, eventId } = event;
  if (event.type === 'insurance.corrected') {
    return { source, target: event.corrects, type: 'corrected', on, eventId };
  }
  if (event.type === 'insurance.voided') return { source, target: event.voids, type: 'voided', on, eventId };
  return null;
}

/** Amendments by what they amend, only the latest of each. */
export function joinAmendments(lists: readonly (readonly Amendment[])[]): Amendment[] {
  return joinLists(lists, ({ source, target }) => `${source} ${target}`, later) ?? [];
}

/** The amendment to an event of `source`; null: it stands as it was sent. */
export function amendmentTo(
  amendments: readonly Amendment[],
  source: string,
  target: string,
): Amendment | null {
  return amendments.find((amendment) => amendment.source === source && amendment.target === target) ?? null;
}

/**
 * Whether an event still says what it said: it was neither corrected nor voided, and where it is a correction itself,
 * none came after it. A void of a correction does not bring back what was corrected.
 */
export function stands(event: RegisterEvent, amendments: readonly Amendment[]): boolean {
  const { source, eventId } = event;
  if (event.type !== 'insurance.contributed' && event.type !== 'insurance.corrected') return true;
  if (amendmentTo(amendments, source, eventId) !== null) return false;
  return (
    event.type === 'insurance.contributed' ||
    amendmentTo(amendments, source, event.corrects)?.eventId === eventId
  );
}

/** By the day it took effect. On one day a void comes last: months that are in doubt are not credited. */
function later(a: Amendment, b: Amendment): Amendment {
  return sortKey(a) > sortKey(b) ? a : b;
}

function sortKey({ on, type, eventId }: Amendment): string {
  return `${on} ${type === 'voided' ? 1 : 0} ${eventId}`;
}
