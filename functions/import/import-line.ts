import type { Fault } from '../../shared/http/describe-issues.ts';

/** What one line of a file holds, read only when it is asked for: lines done before are skipped unread. */
export interface ImportLine {
  /** From 1; of a record over several lines, its last. */
  readonly line: number;
  read(): readonly ReadEvent[];
}

/** One event of a line as a bureau wrote it, or what keeps it from being read. */
export type ReadEvent =
  | { readonly value: unknown; readonly faults?: never; readonly columnOf?: ColumnOf }
  | { readonly value?: never; readonly faults: readonly Fault[]; readonly columnOf?: never };

/** The column of a table that a place in the event comes from; null where no column is behind it. */
export type ColumnOf = (pointer: string) => string | null;
