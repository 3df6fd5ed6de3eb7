/** The newest root that is known to be durable. */
export interface AnchoredRoot {
  readonly sequence: number;
  /** Entries recorded before this instant are anchored. RFC 3339, in UTC. */
  readonly until: string;
  /** When the root was made. RFC 3339, in UTC. */
  readonly anchoredAt: string;
  readonly digest: string;
}

/** How far the audit is anchored. */
export interface Anchor {
  /** When anchoring began. RFC 3339, in UTC. */
  readonly beganAt: string;
  /** Null: nothing was ever anchored. */
  readonly last: AnchoredRoot | null;
}

/** Keeps how far the audit is anchored. Every method throws {@link AnchorStoreUnavailable}. */
export interface AnchorStore {
  /** Null: anchoring never began. */
  read(): Promise<Anchor | null>;

  /** Notes when anchoring began; does nothing when that is known. */
  begin(at: string): Promise<void>;

  /** Notes a root that is durable; false when this one or a later one is noted already. */
  advance(root: AnchoredRoot): Promise<boolean>;
}

/** The store did not answer, or not in time. The same call may succeed later. */
export class AnchorStoreUnavailable extends Error {
  override readonly name = 'AnchorStoreUnavailable';
}
