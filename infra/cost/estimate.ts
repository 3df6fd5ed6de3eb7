import { consumption } from './consumption.ts';
import { type CostLine, pricedBy, rounded } from './cost-line.ts';
import { fixedLines } from './fixed-lines.ts';
import type { Inventory } from './inventory.ts';
import { linesByUse } from './lines-by-use.ts';
import type { PriceList } from './prices.ts';
import type { Volumes } from './volumes.ts';

export interface Estimate {
  /** Is paid without a single call. */
  readonly fixed: readonly CostLine[];
  /** Grows with what is asked for and kept. */
  readonly byUse: readonly CostLine[];
}

/**
 * What a month costs, when it has been like this for as long as things are kept: what the templates have, times what happens,
 * times the prices. Free tiers are not taken off: the account may have used them elsewhere.
 */
export function estimate(inventory: Inventory, volumes: Volumes, list: PriceList): Estimate {
  const line = pricedBy(list);
  return { fixed: fixedLines(inventory, line), byUse: linesByUse(inventory, volumes, line) };
}

/** What it costs once to bring in the lives so far of so many residents; keeping them is in the estimate of a month. */
export function bringingIn(residents: number, list: PriceList): CostLine[] {
  const line = pricedBy(list);
  const { readUnits, writeUnits, changes, keyRequests } = consumption.newResident;
  const how = `${rounded(residents)} lives`;
  return [
    line('tableRead', 'Reads of tables', residents * readUnits, 'units', `${how} × ${readUnits}`),
    line(
      'tableWrite',
      'Writes of tables',
      residents * (writeUnits + changes * consumption.auditedChange.writeUnits),
      'units',
      `${how} × (${writeUnits} + ${changes} changes in the audit × ${consumption.auditedChange.writeUnits})`,
    ),
    line('kmsRequest', 'Requests to KMS', residents * keyRequests, 'requests', `${how} × ${keyRequests}`),
  ];
}
