import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';

const unitMilliseconds = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * The instant a person names: how long ago (`90m`, `24h`, `7d`), a day (`2024-06-01`, which begins in Shanghai), or an
 * instant with its offset (`2024-06-01T08:00:00+08:00`). Null when it is none of these.
 *
 * @param now milliseconds since the epoch.
 */
export function parseSince(text: string, now: number): Date | null {
  const ago = /^(\d{1,6})([mhd])$/.exec(text);
  if (ago !== null) return new Date(now - Number(ago[1]) * unitMilliseconds[ago[2] as 'm' | 'h' | 'd']);
  const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (day === undefined || parseCivilDate(day) === null) return null;
  if (text === day) return new Date(`${day}T00:00:00+08:00`);
  if (!/^T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text.slice(day.length))) return null;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
