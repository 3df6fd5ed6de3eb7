import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';

/** A change of a stored item, as it is told to whoever is to know. The id is the same at every delivery. */
export type TableChange = Omit<ChangeEntry, 'type'>;

/**
 * Whoever is told of changes. A change may be told more than once and has the same effect as told once; changes of one
 * item are told in their order, except that the first telling of a change may come after a change behind it that could
 * not be read.
 */
export interface ChangeSubscriber {
  /** For the log. */
  readonly name: string;
  /**
   * Takes all changes, or throws; then all of them come again.
   *
   * @param changes at most {@link changesTogether}, of one table, in the order of its stream.
   */
  take(changes: readonly TableChange[]): Promise<void>;
  /** Whether what `take` threw may pass by itself, so that it is worth trying again at once. */
  isPassing(error: unknown): boolean;
}
