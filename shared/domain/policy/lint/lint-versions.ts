import { addDays, formatCivilDate, parseCivilDate } from '../../calendar/civil-date.ts';
import type { PackFile } from '../pack-schema.ts';
import type { Finding } from './finding.ts';

/** Gaps and overlaps between a version and the one that follows it; `versions` are all of its policy. */
export function lintVersions(file: PackFile, versions: readonly PackFile[]): Finding[] {
  const next = versions
    .filter((other) => other.version !== file.version && other.effective.from >= file.effective.from)
    .sort((a, b) => (a.effective.from < b.effective.from ? -1 : 1))[0];
  if (next === undefined) return [];
  const { until } = file.effective;
  const finding = (code: 'version-gap' | 'version-overlap', message: string): Finding[] => [
    { in: 'pack', path: ['effective', 'until'], code, message },
  ];
  if (until === null || until >= next.effective.from) {
    return finding(
      'version-overlap',
      `version ${next.version} is in force from ${next.effective.from} as well`,
    );
  }
  const dayAfter = formatCivilDate(addDays(parseCivilDate(until)!, 1));
  if (dayAfter === next.effective.from) return [];
  return finding('version-gap', `no version is in force from ${dayAfter} until ${next.version} begins`);
}
