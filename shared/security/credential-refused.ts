/** Why a credential was refused. For the log of operators only: callers get one answer for all of them. */
export type RefusalReason =
  | 'no-credential'
  | 'unknown-scheme'
  | 'malformed'
  | 'header'
  | 'unknown-issuer'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'type'
  | 'audience'
  | 'expired'
  | 'not-yet-valid'
  | 'lifetime'
  | 'claims'
  | 'assurance'
  | 'role'
  | 'checksum'
  | 'environment'
  | 'hash'
  | 'revoked'
  | 'network';

/** A credential that lets nobody in. Its message repeats nothing of the credential. */
export class CredentialRefused extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, options?: ErrorOptions) {
    super(`The credential was refused: ${reason}.`, options);
    this.name = 'CredentialRefused';
    this.reason = reason;
  }
}
