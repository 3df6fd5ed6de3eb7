import type { ColumnValue } from './csv-mapping.ts';

const DATE = /^(\d{4})(?:-|\/|年)(\d{1,2})(?:-|\/|月)(\d{1,2})日?(?:[ T]\d.*)?$|^(\d{4})(\d{2})(\d{2})$/;
const MONTH = /^(\d{4})(?:-|\/|年)(\d{1,2})月?$|^(\d{4})(\d{2})$/;
const BOOLEANS: Readonly<Record<string, boolean>> = {
  是: true,
  否: false,
  y: true,
  n: false,
  true: true,
  false: false,
  '1': true,
  '0': false,
};

/**
 * What a cell says; undefined where it is empty. What cannot be read stays the text it is, so that the schema of the event
 * refuses it in its place: nothing is guessed. A date is not checked here: 30 February is refused there as well.
 */
export function readCell(cell: string, { read, values, prefix = '' }: ColumnValue): unknown {
  const text = cell.trim();
  if (text === '') return undefined;
  if (values !== undefined && Object.hasOwn(values, text)) return values[text];
  switch (read) {
    case 'text':
      return prefix + text;
    case 'date':
      return numbersOf(DATE.exec(text)) ?? text;
    case 'month':
      return numbersOf(MONTH.exec(text)) ?? text;
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return BOOLEANS[text.toLowerCase()] ?? text;
  }
}

/** The year and what follows it, with hyphens and in full length. */
function numbersOf(match: RegExpExecArray | null): string | null {
  const parts = match?.slice(1).filter((part) => part !== undefined);
  return parts?.map((part) => part.padStart(2, '0')).join('-') ?? null;
}
