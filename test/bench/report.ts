import { availableParallelism, cpus, totalmem } from 'node:os';
import Table from 'cli-table3';
import type { Form } from './answer.ts';
import type { Bar } from './bars.ts';
import type { Timing } from './rounds.ts';

export interface Report {
  readonly policy: { readonly id: string; readonly version: string; readonly digest: string };
  readonly asOf: string;
  readonly residents: number;
  readonly rounds: number;
  readonly slice: { readonly services: number; readonly conditions: number; readonly asked: number };
  readonly disagreements: number;
  readonly machine: {
    readonly cores: number;
    readonly gibibytes: number;
    readonly processor: string;
    readonly node: string;
  };
  readonly answerCharacters: number;
  readonly timings: readonly Timing[];
  /** Microseconds by the clock, JSON in to JSON out, by form: half of all residents wait no longer. */
  readonly waits: Readonly<Record<Form, number>>;
  readonly bars: readonly Bar[];
}

export function machine(): Report['machine'] {
  return {
    cores: availableParallelism(),
    gibibytes: Math.round(totalmem() / 2 ** 30),
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
  };
}

/** The report as a person reads it: times, how many a second, and how many times those of the hand-written function. */
export function printReport({ timings, waits, bars, residents, rounds }: Report): void {
  const unit = timings.find(({ name }) => name === 'hand-written')!.median;
  const table = new Table({
    head: ['', 'µs (median)', 'least', 'most', 'a second', '× hand-written'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, median, least, most } of timings) {
    table.push([
      name,
      digits(median),
      digits(least),
      digits(most),
      Math.round(1_000_000 / median).toLocaleString('en'),
      digits(median / unit),
    ]);
  }
  console.log(table.toString());
  console.log(
    `Processor time, medians of ${rounds} rounds over ${residents.toLocaleString('en')} residents, all in this run.`,
  );
  console.log(
    `By the clock, in a process that does nothing else, half of them wait ${digits(waits.pieces)} µs from JSON to JSON, ${digits(waits.one)} for one string.\n`,
  );
  for (const { text, measured, passed } of bars)
    console.log(`${passed ? 'PASS' : 'FAIL'}  ${text} (${digits(measured)})`);
}

function digits(value: number): string {
  return value < 10
    ? value.toFixed(2)
    : value < 100
      ? value.toFixed(1)
      : Math.round(value).toLocaleString('en');
}
