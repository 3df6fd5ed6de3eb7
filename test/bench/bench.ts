import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatCivilDate, parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { compilePolicy } from '../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../shared/domain/policy/evaluate-eligibility.ts';
import { policyHistory, versionInForce } from '../../shared/domain/policy/policy-history.ts';
import { productPacks } from '../support/product-packs.ts';
import { findDisagreements } from './agreement.ts';
import { checkBars } from './bars.ts';
import { handWrittenContender, peerContenders, productContenders } from './contenders.ts';
import { jsonRulesEngine } from './peers/json-rules-engine.ts';
import { SliceRules } from './peers/slice-rules.ts';
import { zenEngine } from './peers/zen-engine.ts';
import { deriveFacts, generatePopulation } from './population.ts';
import { machine, printReport, type Report } from './report.ts';
import { timeRounds } from './rounds.ts';
import { compileSlice, conditionCounts, SLICE } from './slice.ts';

/** A day on which the latest version is in force; fixed, so that two runs measure the same. */
const AS_OF = '2026-06-01';

const { values } = parseArgs({
  options: {
    residents: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '7' },
    output: { type: 'string', default: 'bench-results.json' },
  },
});
const count = Number(values.residents);
const rounds = Number(values.rounds);

const packs = productPacks().filter(({ policy }) => policy === 'chengdu');
const history = policyHistory('chengdu', packs.map(compilePolicy));
const asOf = parseCivilDate(AS_OF)!;
const policy = versionInForce(history, asOf)!;
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
    ...productContenders({ history, policy, slice, asOf }, population),
    ...peerContenders(byJsonRules!, facts, 100),
    ...peerContenders(byZen!, facts, 2_000),
  ],
  rounds,
  count,
);
for (const peer of peers) peer.close();

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
  bars: checkBars(timings),
};
printReport(report);
writeFileSync(values.output, `${JSON.stringify(report, null, 2)}\n`);
console.log(`Written to ${values.output}.`);
if (report.bars.some(({ passed }) => !passed)) process.exitCode = 1;
