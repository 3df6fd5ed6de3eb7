/** A key of the HMAC over API keys, wrapped by the key store, under its version: `v1`, `v2` … */
export interface WrappedHashKey {
  readonly version: string;
  readonly wrapped: Uint8Array;
}

/** Where the wrapped keys of the HMAC are kept. Every method throws `PartnerStoreUnavailable`. */
export interface HashKeyStore {
  /** All of them, in no order. */
  listHashKeys(): Promise<readonly WrappedHashKey[]>;

  /** Whoever comes first makes a version; its key is never replaced. */
  addHashKey(key: WrappedHashKey): Promise<'added' | 'exists'>;
}
