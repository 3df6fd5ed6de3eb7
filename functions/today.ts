import { civilDateInShanghai, formatCivilDate } from '../shared/domain/calendar/civil-date.ts';

/** The civil date in Shanghai at an instant (milliseconds since the epoch), as it stands on the wire. */
export function todayInShanghai(now: () => number): string {
  return formatCivilDate(civilDateInShanghai(now()));
}
