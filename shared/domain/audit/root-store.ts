/** Where roots and their links lie: files are added, and none is ever replaced or removed. */
export interface RootStore {
  /**
   * Stores a file under a name that is free; what is stored is durable when this returns.
   *
   * @returns whether it was stored; false: something stands there already, and stays as it is.
   * @throws RootStoreUnavailable; the file may be there or not.
   */
  put(name: string, text: string): Promise<boolean>;

  /**
   * What stands under a name; null when nothing does.
   *
   * @throws RootStoreUnavailable
   */
  read(name: string): Promise<string | null>;
}

/** The store did not answer, or not in time. The same call may succeed later. */
export class RootStoreUnavailable extends Error {
  override readonly name = 'RootStoreUnavailable';
}
