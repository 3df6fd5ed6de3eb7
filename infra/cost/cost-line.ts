import type { Inventory } from './inventory.ts';
import { count } from './markdown.ts';
import { type PriceItem, type PriceList, sumOf } from './prices.ts';

/** One line of the page: so many of something, at its price. */
export interface CostLine {
  readonly item: PriceItem;
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  /** How the quantity comes about. */
  readonly arithmetic: string;
  /** Null: the price is not known. */
  readonly sum: number | null;
}

/** Makes a line from all but its sum. */
export type MakeLine = (
  item: PriceItem,
  what: string,
  quantity: number,
  unit: string,
  arithmetic: string,
) => CostLine;

/** Makes lines by the prices of a list. */
export function pricedBy(list: PriceList): MakeLine {
  return (item, what, quantity, unit, arithmetic) => {
    const price = list.prices[item];
    return { item, what, quantity, unit, arithmetic, sum: price === null ? null : sumOf(price, quantity) };
  };
}

/** The line of so many seconds that a function runs. */
export function secondsLine(
  { functions }: Inventory,
  name: string,
  seconds: number,
  what: string,
  line: MakeLine,
  how: string,
): CostLine {
  const found = functions[name];
  if (found === undefined) throw new RangeError(`The templates have no function ${name}.`);
  const { memoryMegabytes, architecture } = found;
  return line(
    architecture === 'arm64' ? 'lambdaSecondArm' : 'lambdaSecondX86',
    what,
    (seconds * memoryMegabytes) / 1_024,
    'GB-s',
    `${how} × ${memoryMegabytes} MB, ${architecture}`,
  );
}

/** What lines cost in all, as far as it is known, and of how many the price is not. */
export function totalOf(lines: readonly CostLine[]): { readonly known: number; readonly unknown: number } {
  const known = sum(lines.map((line) => line.sum ?? 0));
  return { known, unknown: lines.filter((line) => line.sum === null).length };
}

/** The sum of some numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** A number as people read it, without what comes after the point. */
export function rounded(number: number): string {
  return count(Math.round(number));
}
