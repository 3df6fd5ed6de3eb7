import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { evaluateEligibility } from '../../shared/domain/policy/evaluate-eligibility.ts';
import { findDisagreements } from './agreement.ts';
import type { Form } from './answer.ts';
import { checkBars } from './bars.ts';
import { handWrittenContender, peerContenders, productContenders } from './contenders.ts';
import { jsonRulesEngine } from './peers/json-rules-engine.ts';
import { SliceRules } from './peers/slice-rules.ts';
import { zenEngine } from './peers/zen-engine.ts';
import { deriveFacts, generatePopulation } from './population.ts';
import { AS_OF, chengdu } from './product.ts';
import { machine, printReport, type Report } from './report.ts';
import { timeRounds } from './rounds.ts';
import { compileSlice, conditionCounts, SLICE } from './slice.ts';

const { values } = parseArgs({
  options: {
    residents: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '7' },
    output: { type: 'string', default: 'bench-results.json' },
  },
});
const count = Number(values.residents);
const rounds = Number(values.rounds);

const product = chengdu();
const { history, policy, asOf } = product;
const slice = compileSlice(policy.pack);
const conditions = conditionCounts(slice);

console.log(
  `chengdu ${policy.pack.version} on ${formatCivilDate(asOf)}: ${policy.services.length} services.`,
);
console.log(
  `The slice: ${SLICE.length} services with ${conditions.distinct} conditions, asked for ${conditions.asked} times.`,
);

const population = generatePopulation(count, AS_OF);
const facts = deriveFacts(slice, population.summaries, asOf);
const rules = new SliceRules(slice, asOf);
const peers = [jsonRulesEngine(rules), zenEngine(rules)];

console.log(`Do all agree on each of ${count.toLocaleString('en')} residents? …`);
const disagreements = await findDisagreements(policy, population.summaries, facts, asOf, peers);
for (const each of disagreements.slice(0, 10)) console.error(each);
console.log(`${disagreements.length} disagreements.`);
if (disagreements.length > 0) {
  console.error('bench: while the engines do not agree, their speed says nothing.');
  process.exit(1);
}

const [byJsonRules, byZen] = peers;
const timings = await timeRounds(
  [
    handWrittenContender(facts),
    ...productContenders(product, slice, population),
    ...peerContenders(byJsonRules!, facts, 100),
    ...peerContenders(byZen!, facts, 2_000),
  ],
  rounds,
  count,
);
for (const peer of peers) peer.close();
const waits = { pieces: waitFor('pieces'), one: waitFor('one') };

const characters = population.summaries
  .slice(0, 100)
  .map(
    (resident) => evaluateEligibility(history, resident, { asOf, explain: 'full', language: 'zh-CN' }).length,
  );
const report: Report = {
  policy: { id: 'chengdu', version: policy.pack.version, digest: policy.digest },
  asOf: AS_OF,
  residents: count,
  rounds,
  slice: { services: SLICE.length, conditions: conditions.distinct, asked: conditions.asked },
  disagreements: 0,
  machine: machine(),
  answerCharacters: Math.round(characters.reduce((sum, each) => sum + each, 0) / characters.length),
  timings,
  waits,
  bars: checkBars(timings, waits.pieces),
};
printReport(report);
writeFileSync(values.output, `${JSON.stringify(report, null, 2)}\n`);
console.log(`Written to ${values.output}.`);
if (report.bars.some(({ passed }) => !passed)) process.exitCode = 1;

/** Microseconds from JSON to JSON, as wait.ts clocks them. */
function waitFor(form: Form): number {
  const options = ['--residents', values.residents, '--rounds', values.rounds, '--form', form];
  const script = fileURLToPath(new URL('wait.ts', import.meta.url));
  return Number(execFileSync(process.execPath, [script, ...options], { encoding: 'utf8' }));
}
