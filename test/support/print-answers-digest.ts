import { createHash } from 'node:crypto';
import { bothEngines, productText } from '../reference/compare.ts';
import { generateCases } from './generate-residents.ts';
import { combinedDraft, packOf } from './packs/every-form.ts';
import { everyTest } from './packs/versions.ts';

/**
 * Prints, for each time zone it is called with, what the clock there says against UTC in June (minutes), and one digest of
 * many answers: run in different surroundings, it must always be the same.
 */
for (const zone of process.argv.slice(2)) {
  process.env.TZ = zone;
  const engines = bothEngines(packOf({ ...combinedDraft, tests: everyTest }));
  const hash = createHash('sha256');
  for (const { resident, asOf } of generateCases(60, 1)) hash.update(productText(engines, resident, asOf));
  const minutes = 0 - new Date('2026-06-01T00:00:00Z').getTimezoneOffset();
  console.log(minutes, hash.digest('hex'));
}
