import { createHash } from 'node:crypto';
import { bothEngines, productText } from '../reference/compare.ts';
import { generateCases } from './generate-residents.ts';
import { combinedDraft, packOf } from './packs/every-form.ts';
import { everyTest } from './packs/versions.ts';

/** Prints one digest of many answers: run in different surroundings, it must always be the same. */
const engines = bothEngines(packOf({ ...combinedDraft, tests: everyTest }));
const hash = createHash('sha256');
for (const { resident, asOf } of generateCases(60, 1)) hash.update(productText(engines, resident, asOf));
console.log(hash.digest('hex'));
