import { addDays, formatCivilDate, parseCivilDate } from '../../calendar/civil-date.ts';
import type { PackFile } from '../pack-schema.ts';
import { overlap } from '../period.ts';
import type { Finding } from './finding.ts';

/**
 * Days that a version shares with one that begins before or after it, and days between it and the next one; `versions` are all of
 * its policy. One without an end holds until the next begins.
 */
export function lintVersions(file: PackFile, versions: readonly PackFile[]): Finding[] {
  const others = versions.filter((other) => other.version !== file.version);
  const shared = others.filter((other) => overlap(file.effective, other.effective));
  if (shared.length > 0) {
    return shared.map(({ version, effective: { from, until } }) => {
      const isLater = from >= file.effective.from;
      const when = isLater ? `from ${from}` : `until ${until}`;
      return {
        in: 'pack',
        path: ['effective', isLater ? 'until' : 'from'],
        code: 'version-overlap',
        message: `version ${version} is in force ${when} as well`,
      };
    });
  }
  return lintGap(file, others);
}

function lintGap({ effective: { from, until } }: PackFile, others: readonly PackFile[]): Finding[] {
  const [next] = others
    .filter((other) => other.effective.from > from)
    .sort((a, b) => (a.effective.from < b.effective.from ? -1 : 1));
  if (next === undefined || until === null) return [];
  const dayAfter = formatCivilDate(addDays(parseCivilDate(until)!, 1));
  if (dayAfter === next.effective.from) return [];
  const message = `no version is in force from ${dayAfter} until ${next.version} begins`;
  return [{ in: 'pack', path: ['effective', 'until'], code: 'version-gap', message }];
}
