import { type CsvMapping, isColumnValue, type MappedValue } from './csv-mapping.ts';
import type { ColumnOf, ReadEvent } from './import-line.ts';
import { readCell } from './read-cell.ts';

/** The cells of a line by the names of their columns. */
export type CsvRecord = Readonly<Record<string, string>>;

/** The events that a line of a table makes. */
export function mapRecord({ events }: CsvMapping, record: CsvRecord): readonly ReadEvent[] {
  return events
    .filter(
      ({ when }) => when === undefined || [when.equals].flat().includes((record[when.column] ?? '').trim()),
    )
    .map(({ event }) => ({ value: mappedTo(event, record) ?? {}, columnOf: columnsBy(event) }));
}

function mappedTo(mapped: MappedValue, record: CsvRecord): unknown {
  if (typeof mapped !== 'object') return mapped;
  if (isColumnValue(mapped)) return readCell(record[mapped.column] ?? '', mapped);
  if (Array.isArray(mapped))
    return mapped.map((part) => mappedTo(part, record)).filter((part) => part !== undefined);
  const members = Object.entries(mapped as Readonly<Record<string, MappedValue>>)
    .map(([name, part]) => [name, mappedTo(part, record)] as const)
    .filter(([, value]) => value !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** By pointer into the event, the column its value comes from. */
function columnsBy(mapped: MappedValue): ColumnOf {
  return (pointer) => {
    let part: MappedValue | undefined = mapped;
    for (const token of pointer.split('/').slice(1)) {
      if (typeof part !== 'object' || isColumnValue(part)) break;
      part = (part as Readonly<Record<string, MappedValue>>)[token];
    }
    return part !== undefined && isColumnValue(part) ? part.column : null;
  };
}
