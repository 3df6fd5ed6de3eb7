import * as z from 'zod/mini';
import { documented } from '../../shared/contract/documented.ts';

/** How the text of a cell is read. */
const readings = ['text', 'date', 'month', 'integer', 'boolean'] as const;

/** A value that comes from a column. */
const columnValue = z.strictObject({
  column: z
    .string()
    .check(z.minLength(1))
    .apply(documented, { description: 'Name of the column in the first line of the table.' }),
  read: z._default(z.enum(readings), 'text').apply(documented, {
    description:
      '`date` and `month` understand 2024-03-01, 20240301, 2024/3/1 and 2024年3月1日; `boolean` 是/否, Y/N, true/false, 1/0.',
  }),
  values: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))).apply(documented, {
    description: 'What a word of the table stands for; a word that is not named stays as it is.',
  }),
  prefix: z.optional(z.string().check(z.maxLength(32))).apply(documented, {
    description: 'Put before the text, as where one line makes two events that need an id each.',
  }),
});

export type ColumnValue = z.infer<typeof columnValue>;

/** The shape of an event: constants, values of columns, objects and lists of them. */
export type MappedValue =
  | string
  | number
  | boolean
  | ColumnValue
  | readonly MappedValue[]
  | { readonly [member: string]: MappedValue };

const mappedValue: z.ZodMiniType<MappedValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    columnValue,
    z.array(mappedValue),
    z.record(z.string(), mappedValue),
  ]),
);

const mappedEvent = z.strictObject({
  when: z
    .optional(
      z.strictObject({
        column: z.string().check(z.minLength(1)),
        equals: z.union([z.string(), z.array(z.string()).check(z.minLength(1))]),
      }),
    )
    .apply(documented, {
      description: 'Only lines with this word (or one of these) in the column make this event.',
    }),
  event: z.record(z.string(), mappedValue),
});

/**
 * How a bureau's table becomes events: for each line, every event whose `when` fits. A cell that is empty leaves its
 * member out, and so does an object or a list in which nothing is left.
 */
export const csvMapping = z.strictObject({
  encoding: z._default(z.enum(['utf-8', 'gb18030']), 'utf-8'),
  delimiter: z._default(z.string().check(z.length(1)), ','),
  events: z.array(mappedEvent).check(z.minLength(1)),
});

export type CsvMapping = z.infer<typeof csvMapping>;

/** Whether a part of a mapping is a value of a column. */
export function isColumnValue(value: MappedValue): value is ColumnValue {
  return (
    typeof value === 'object' && !Array.isArray(value) && typeof (value as ColumnValue).column === 'string'
  );
}

/** The columns a mapping reads, each once. */
export function columnsOf({ events }: CsvMapping): string[] {
  const columns = new Set<string>();
  const collect = (value: MappedValue): void => {
    if (typeof value !== 'object') return;
    if (isColumnValue(value)) columns.add(value.column);
    else for (const part of Object.values(value)) collect(part as MappedValue);
  };
  for (const { when, event } of events) {
    if (when !== undefined) columns.add(when.column);
    collect(event);
  }
  return [...columns];
}
