import type { BlindIndex } from '../../security/blind-index.ts';

/** Where a store has the index from: its keys change while the store is in use. */
export interface BlindIndexSource {
  /**
   * The index with its live keys, fresh enough for a change of keys; null when there never was a key, so that nobody
   * can be known yet.
   *
   * @throws ResidentStoreUnavailable
   */
  open(): Promise<BlindIndex | null>;

  /** The same, with a first key made where there is none. */
  openOrCreate(): Promise<BlindIndex>;
}
