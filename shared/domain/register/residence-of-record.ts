import type { ResidencePeriod } from '../resident/resident.ts';
import type { ResidenceFact } from './resident-record.ts';

/**
 * Registrations of residence as periods `[from, to)`, from events sorted by day, an end before a beginning on one day.
 * A person resides in one place: a registration in another area ends the one that held. The end of that one may be
 * told as well, then or later, and changes nothing.
 *
 * `incomplete`: something ended that did not begin, so that a beginning was not received; it may have ended what seems
 * to hold still.
 */
export function residenceOfRecord(events: readonly ResidenceFact[]): ResidencePeriod[] | 'incomplete' {
  const periods: ResidencePeriod[] = [];
  /** Areas whose last registration has not been told to have ended. */
  const begun = new Set<string>();
  /** Registrations that ended on the day they began: never in force. */
  const neverHeld = new Set<ResidenceFact>();
  let current = null as { readonly areaCode: string; readonly from: string } | null;
  for (const event of events) {
    const { type, on, areaCode } = event;
    if (type === 'ended') {
      if (begun.delete(areaCode)) {
        if (current?.areaCode !== areaCode) continue;
        periods.push({ ...current, to: on });
        current = null;
      } else {
        const beginning = events.find((other) => isBeginning(other, event));
        if (beginning === undefined) return 'incomplete';
        neverHeld.add(beginning);
      }
    } else if (!neverHeld.has(event)) {
      begun.add(areaCode);
      if (current?.areaCode === areaCode) continue;
      if (current !== null) periods.push({ ...current, to: on });
      current = { areaCode, from: on };
    }
  }
  if (current !== null) periods.push({ ...current, to: null });
  return periods;
}

function isBeginning(event: ResidenceFact, { on, areaCode }: ResidenceFact): boolean {
  return event.type === 'registered' && event.on === on && event.areaCode === areaCode;
}
