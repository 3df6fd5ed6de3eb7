/** Signs roots. The private key never leaves whoever implements this. */
export interface RootSigner {
  /**
   * Digest (`sha256:<hex>`) of the public key's DER form (SPKI).
   *
   * @throws RootSignerUnavailable
   */
  keyId(): Promise<string>;

  /**
   * An ECDSA signature on P-256 with SHA-256 over a text in UTF-8: DER in base64.
   *
   * @throws RootSignerUnavailable
   */
  sign(text: string): Promise<string>;

  /**
   * Whether a signature is of this key.
   *
   * @throws RootSignerUnavailable
   */
  verify(text: string, signature: string): Promise<boolean>;
}

/** The signer did not answer; the same call may succeed later. */
export class RootSignerUnavailable extends Error {
  override readonly name = 'RootSignerUnavailable';
}
