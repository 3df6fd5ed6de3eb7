import { parseArgs } from 'node:util';
import { answer, FORMS, type Form } from './answer.ts';
import { generateRequests } from './population.ts';
import { AS_OF, chengdu } from './product.ts';
import { medianOf } from './rounds.ts';

/**
 * Prints the microseconds by the clock within which half of all residents have their answer, JSON in to JSON out, one after the
 * other. In a process of its own, as a function has one: what contenders make the compiler think of the product's code, and
 * leave in the caches, is not in it. Who is clocked was not asked about before; others were, for as many rounds.
 */
const { values } = parseArgs({
  options: {
    residents: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '7' },
    form: { type: 'string', default: 'pieces' },
  },
});
const [count, rounds] = [Number(values.residents), Number(values.rounds)];
const { history } = chengdu();
const take = FORMS[values.form as Form];
if (take === undefined) throw new Error(`there is no form ${values.form}: ${Object.keys(FORMS).join(', ')}`);

let taken = 0;
// Both made before: the generator uses the calendar of the product in its own way, and the compiler has to think again.
const [others, clocked] = [generateRequests(count, 1, AS_OF), generateRequests(count, 2, AS_OF)];
for (let round = 0; round < rounds; round++) {
  for (const body of others) taken += take(answer(history, body));
}
const waits = clocked.map((body) => {
  const start = performance.now();
  taken += take(answer(history, body));
  return (performance.now() - start) * 1000;
});
// What came out is looked at, so that no compiler can find that nobody wants it.
if (taken === 0) throw new Error('no answer has a text');
console.log(medianOf(waits.sort((a, b) => a - b)));
