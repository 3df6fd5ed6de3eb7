import { parseArgs } from 'node:util';
import { answer, FORMS, type Form } from './answer.ts';
import { generatePopulation } from './population.ts';
import { AS_OF, chengdu } from './product.ts';
import { medianOf } from './rounds.ts';

/**
 * Prints the microseconds by the clock within which half of all residents have their answer, JSON in to JSON out, one after the
 * other. A process of its own, as a function has: what the contenders make the runtime think of the product's code, and
 * leave in the caches, is not in it.
 */
const { values } = parseArgs({
  options: {
    residents: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '7' },
    form: { type: 'string', default: 'pieces' },
  },
});
const { history } = chengdu();
const { requests } = generatePopulation(Number(values.residents), AS_OF);
const take = FORMS[values.form as Form];

const waits: number[] = [];
let taken = 0;
for (let round = 0; round <= Number(values.rounds); round++) {
  for (const body of requests) {
    const start = performance.now();
    taken += take(answer(history, body));
    const wait = (performance.now() - start) * 1000;
    // The first round warms up.
    if (round > 0) waits.push(wait);
  }
}
// What came out is looked at, so that no compiler can find that nobody wants it.
if (taken === 0) throw new Error('no answer has a text');
console.log(medianOf(waits.sort((a, b) => a - b)));
