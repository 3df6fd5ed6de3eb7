import { createHash } from 'node:crypto';
import { sampleCity } from '../../infra/local/sample/sample-city.ts';

/** Prints one digest of a sample city: run in different surroundings, it must always be the same. */
const hash = createHash('sha256');
for (const event of sampleCity({ residents: 150, seed: 7, asOf: '2026-06-01' })) {
  hash.update(JSON.stringify(event));
}
console.log(hash.digest('hex'));
