import { count, table } from './markdown.ts';
import type { PriceItem, PriceList } from './prices.ts';

/** The section of the page that tells a price list, with where each price is from. */
export function priceTable(list: PriceList): string {
  const rows = Object.entries(list.prices).map(([item, price]) =>
    price === null
      ? [itemNames[item as PriceItem], '*not known*', '', '']
      : [
          itemNames[item as PriceItem],
          price.steps
            .map(({ from, price: one }) => `${one}${from > 0 ? ` beyond ${count(from)}` : ''}`)
            .join(', ') + (price.per === 1 ? '' : ` / ${count(price.per)}`),
          price.certainty,
          [`<${price.source}>`, price.note].filter((part) => part !== undefined).join(': '),
        ],
  );
  return `## Prices of ${list.region}, ${list.currency}

Looked for on ${list.readOn}. *read*: on the page that is named. *copied*: in somebody's copy of AWS's list. *assumed*: for the reason given;
the page is where to look it up.

${table(['what', 'price', 'how sure', 'from'], rows)}`;
}

const itemNames = {
  apiRequest: 'request of a REST API',
  lambdaRequest: 'run of a function',
  lambdaSecondArm: 'GB-second, arm64',
  lambdaSecondX86: 'GB-second, x86_64',
  tableRead: 'read request unit',
  tableWrite: 'write request unit',
  tableStorage: 'GB-month in tables',
  tableRecovery: 'GB-month restorable to any second',
  kmsKey: 'KMS key, a month',
  kmsRequest: 'KMS request',
  kmsSignature: 'KMS signature',
  alarm: 'metric of an alarm, a month',
  compositeAlarm: 'composite alarm, a month',
  dashboard: 'dashboard, a month',
  customMetric: 'metric of our own, a month',
  logIngestion: 'GB of logs written',
  logStorage: 'GB-month of logs',
  trace: 'trace',
  objectPut: 'object put into S3',
  transferOut: 'GB to the internet',
  webAcl: 'web ACL, a month',
  webAclRule: 'rule of a web ACL, a month',
  webAclRequest: 'request seen by a web ACL',
} as const satisfies Record<PriceItem, string>;
