import type { StageConfig } from '../config/stage-config.ts';
import { consumption, type MeasuredCall } from './consumption.ts';
import { type CostLine, totalOf } from './cost-line.ts';
import { bringingIn, type Estimate, estimate } from './estimate.ts';
import type { Inventory } from './inventory.ts';
import { type CheckKind, checkShares, load } from './load.ts';
import { count, money, table } from './markdown.ts';
import { priceTable } from './price-table.ts';
import { type PriceList, priceLists } from './prices.ts';
import { checksOf, mixedChecks, monthOf, type Volumes } from './volumes.ts';

/** A stage, and what its templates have. */
export interface StageInventory {
  readonly stage: StageConfig;
  readonly inventory: Inventory;
}

const million = 1_000_000;
const residents = load.residents.value;

const checkNames = {
  publicEvaluation: 'an evaluation of given facts (public)',
  ownEligibility: "a resident's own eligibility",
  counterCheck: 'a check at a counter',
  partnerCheck: 'a check by a third party',
} as const satisfies Record<CheckKind, string>;

const callNames = {
  ...checkNames,
  event: 'one more event of a bureau',
  newResident: "a resident's life so far, brought in together",
  auditedChange: 'a change recorded in the audit',
} as const satisfies Record<MeasuredCall, string>;

/** The whole page, in Markdown. Equal inputs give equal text. */
export function costPage(stages: readonly StageInventory[]): string {
  const estimated = stages.map(estimatesOf);
  const sections = [
    introduction,
    inShort(estimated),
    statedLoad(),
    measuredCalls(),
    ...estimated.map(ofStage),
    ...estimated.map(({ list }) => priceTable(list)),
    notInIt,
  ];
  return `${sections.join('\n\n')}\n`;
}

interface EstimatedStage extends StageInventory {
  readonly list: PriceList;
  /** Of a month in which nothing is asked. */
  readonly fixed: readonly CostLine[];
  readonly ofMillion: readonly CostLine[];
  /** Of a month of the whole city. */
  readonly city: Estimate;
}

function estimatesOf({ stage, inventory }: StageInventory): EstimatedStage {
  const list = listOf(stage);
  return {
    stage,
    inventory,
    list,
    fixed: estimate(inventory, emptyMonth, list).fixed,
    ofMillion: estimate(inventory, millionChecks, list).byUse,
    city: estimate(inventory, monthOf(residents), list),
  };
}

const introduction = `# What it costs

Written by \`npm run cost\`: change what it is made of, not this page. The **templates** of a stage say what there is, a **stated
load** (\`infra/cost/load.ts\`) how often it is used, **measured calls** (\`infra/cost/consumption.ts\`, held to the code by a test)
what a use takes, and a **price list** (\`infra/cost/prices.ts\`) what that costs. Every line shows its arithmetic.

> Nothing of this is from a bill: nobody has deployed the product yet, and most prices could not be read on AWS's own pages, which
> show them by script. Each price says where it is from and how sure it is. **Look up what is assumed before you rely on a sum.** What is not
> known is called so and left out of the sums, which are then marked *at least*.`;

function inShort(stages: readonly EstimatedStage[]): string {
  const rows = stages.map(({ stage, list, fixed, ofMillion, city }) => {
    const all = [...city.fixed, ...city.byUse];
    const { known, unknown } = totalOf(all);
    const aResident = atLeast({ known: (known * 12) / residents, unknown }, list, 4);
    return [
      `\`${stage.name}\``,
      total(fixed, list),
      total(ofMillion, list),
      total(all, list),
      total(bringingIn(residents, list), list),
      aResident,
    ];
  });
  return `## In short

${table(
  [
    'stage',
    'fixed, a month',
    'a million checks',
    `${count(residents)} residents, a month`,
    'bringing them in, once',
    'a resident a year',
  ],
  rows,
)}

A million checks come in the stated mixture, and their sum includes keeping what they leave for three years. The city's month is
one in the fourth year, when everything is there that is kept.`;
}

function statedLoad(): string {
  const figures = Object.values(load).map(({ value, what, why }) => [what, count(value), why]);
  const shares = Object.entries(checkShares).map(([kind, share]) => [
    `share of checks: ${checkNames[kind as CheckKind]}`,
    `${Math.round(share * 100)} %`,
    'stated',
  ]);
  return `## The stated load

${table(['figure', 'value', 'why'], [...figures, ...shares])}

How long functions run, and how often a caller is authorized anew, stand in \`infra/cost/load.ts\`. All of it is stated, not measured.`;
}

function measuredCalls(): string {
  const rows = Object.entries(consumption).map(([call, taken]) => [
    callNames[call as MeasuredCall],
    count(taken.readUnits),
    count(taken.writeUnits),
    count(taken.storedBytes),
    count(taken.changes),
    count(taken.keyRequests),
    count(taken.answerBytes),
  ]);
  const head = [
    'call',
    'read units',
    'write units',
    'bytes stored',
    'changes told to the audit',
    'KMS',
    'bytes answered',
  ];
  return `## What one call takes

${table(head, rows)}

Measured with the product's own functions and stores on the embedded DynamoDB, averaged over lives of the sample city, each resident's key
opened anew. Checks ask about three services of Chengdu with all reasons: one that asks about all 32 leaves about twice as
much. Each change is one more recording in the audit.`;
}

function ofStage({ stage, inventory, list, fixed, ofMillion, city }: EstimatedStage): string {
  const doors = (Object.keys(checkShares) as CheckKind[]).map((kind) => {
    const volumes = { checks: checksOf(kind, million), events: 0, residents: 0 };
    return [checkNames[kind], total(estimate(inventory, volumes, list).byUse, list)];
  });
  return `## \`${stage.name}\`: ${stage.region}, ${list.currency}

Its templates have: ${whatThereIs(inventory)}.

### Fixed, a month

${lineTable(fixed, list)}

### A million checks, in the stated mixture

${lineTable(ofMillion, list)}

Of one kind alone, a million cost:

${table(['a million times', list.currency], doors)}

### ${count(residents)} residents, a month

${lineTable(city.byUse, list)}

With the fixed part: **${total([...city.fixed, ...city.byUse], list)}** a month.

### Bringing ${count(residents)} residents in, once

${lineTable(bringingIn(residents, list), list)}`;
}

function whatThereIs(inventory: Inventory): string {
  const { tables, keys, functions } = inventory;
  const kept = [...new Set(inventory.logRetentionDays)].sort((a, b) => (a ?? 0) - (b ?? 0));
  const memory = Object.values(functions)
    .map(
      ({ name, memoryMegabytes, architecture, timeoutSeconds }) =>
        `${name} (${memoryMegabytes} MB, ${architecture}, at most ${timeoutSeconds} s)`,
    )
    .sort();
  return [
    'one REST API',
    `${memory.length} functions: ${memory.join(', ')}`,
    `${tables.count} tables on demand, ${tables.withStream} with a stream, ${tables.restorable} restorable to any second`,
    `${keys.count} KMS keys, ${keys.rotated} of them rotating`,
    `${inventory.logRetentionDays.length} groups of logs, kept for ${kept.join(' or ')} days`,
    `alarms on ${inventory.alarmMetrics} metrics, ${inventory.dashboards} dashboard`,
    `${inventory.buckets} buckets, ${inventory.queues} queues, ${inventory.topics} topic, ${inventory.schedules} schedule`,
    inventory.webAcls === 0
      ? 'no web ACL'
      : `${inventory.webAcls} web ACL with ${inventory.webAclRules} rules`,
  ].join('; ');
}

const notInIt = `## What is not in it

- **Free tiers**: not taken off; the account may have used them elsewhere. They are worth some twenty dollars a month.
- **Steps** of other prices than the API's (functions beyond 6 thousand million GB-seconds, metrics beyond 10,000, transfer beyond 10 TB), savings plans and
  reserved capacity, taxes, support plans.
- **Too little to matter** at this load, a few dollars together: queues, topics, events, objects in the buckets and reading them, reads of policies and of
  the audit's state (once in ten or thirty seconds a process), what DynamoDB and S3 ask of KMS for tables and buckets, reads of streams.
- **Other operations**: pages of decisions, consents, reviews, access logs, catalogue and administration. Each takes no more than a check of its door.
- **What is done once in a while**: restoring a table (by the GB), changing the index's key (a request to KMS a resident), exports.
- **What stands around it**: domain, certificates, network, log analysis, and in China the filings.
- Headers of answers, TLS, and compression of logs.`;

const emptyMonth: Volumes = { checks: mixedChecks(0), events: 0, residents: 0 };
const millionChecks: Volumes = { checks: mixedChecks(million), events: 0, residents: 0 };

function listOf({ region }: StageConfig): PriceList {
  const list = priceLists[region];
  if (list === undefined) throw new RangeError(`There is no price list for ${region}.`);
  return list;
}

function lineTable(lines: readonly CostLine[], list: PriceList): string {
  const rows = lines.map(({ item, what, quantity, unit, arithmetic, sum }) => {
    const price = list.prices[item];
    return [
      what,
      arithmetic,
      `${count(quantity)} ${unit}`,
      price === null
        ? '*not known*'
        : `${price.steps.map((step) => step.price).join(' / ')}${price.per === 1 ? '' : ` / ${count(price.per)}`}`,
      sum === null ? '*not known*' : money(sum),
    ];
  });
  const sum = ['**sum**', '', '', '', `**${total(lines, list)}**`];
  return table(
    ['what', 'how', 'quantity', `price, ${list.currency}`, `sum, ${list.currency}`],
    [...rows, sum],
  );
}

function total(lines: readonly CostLine[], list: PriceList): string {
  return atLeast(totalOf(lines), list);
}

function atLeast(
  { known, unknown }: { readonly known: number; readonly unknown: number },
  { currency }: PriceList,
  digits = 2,
): string {
  const text = `${currency} ${money(known, digits)}`;
  return unknown === 0 ? text : `at least ${text} (${unknown} not known)`;
}
