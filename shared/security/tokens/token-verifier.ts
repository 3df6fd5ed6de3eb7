import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Credential } from '../credential.ts';
import { CredentialRefused, type RefusalReason } from '../credential-refused.ts';
import type { Issuer } from './issuer.ts';
import { IssuerKeys, type IssuerKeysOptions, IssuerKeysUnavailable } from './issuer-keys.ts';
import { readClaims } from './read-claims.ts';
import { readToken } from './read-token.ts';

/** Seconds by which the clocks of an issuer and ours may differ. */
const clockToleranceSeconds = 10;

/** Tells good bearer tokens (signed JWTs of the configured issuers) from all others. */
export class TokenVerifier {
  readonly #issuers: ReadonlyMap<string, { readonly settings: Issuer; readonly keys: IssuerKeys }>;
  readonly #now: () => number;

  constructor(issuers: readonly Issuer[], options: IssuerKeysOptions) {
    this.#now = options.now;
    this.#issuers = new Map(
      issuers.map((settings) => [
        settings.issuer,
        { settings, keys: new IssuerKeys(settings.jwksUrl, options) },
      ]),
    );
  }

  /**
   * Who a token speaks of, once its signature, issuer, audience, type and times are found good.
   *
   * @throws CredentialRefused, and IssuerKeysUnavailable when that cannot be told.
   */
  async verify(token: string): Promise<Credential> {
    const { algorithm, keyId, issuer } = readToken(token);
    const known = this.#issuers.get(issuer);
    if (known === undefined) throw new CredentialRefused('unknown-issuer');
    const { settings, keys } = known;
    // Before a key is looked for: a key must never meet an algorithm it was not made for.
    if (!settings.algorithms.some((allowed) => allowed === algorithm)) {
      throw new CredentialRefused('algorithm');
    }
    const key = await keys.find(keyId);
    if (key === null) throw new CredentialRefused('unknown-key');
    const payload = await this.#payload(token, key, settings);
    this.#checkLifetime(payload, settings);
    return readClaims(payload, settings);
  }

  async #payload(token: string, key: JWTVerifyGetKey, settings: Issuer): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: settings.algorithms,
        issuer: settings.issuer,
        audience: settings.audience,
        typ: settings.type,
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(this.#now()),
      });
      return payload;
    } catch (error) {
      // The cause is left out: its message and members repeat what stands in the token.
      throw new CredentialRefused(reasonOf(error));
    }
  }

  #checkLifetime({ iat, exp }: JWTPayload, { maxLifetimeSeconds }: Issuer): void {
    if (iat === undefined || exp === undefined || exp - iat > maxLifetimeSeconds) {
      throw new CredentialRefused('lifetime');
    }
    if (iat > this.#now() / 1_000 + clockToleranceSeconds) throw new CredentialRefused('not-yet-valid');
  }
}

const claimReasons: Readonly<Record<string, RefusalReason>> = {
  aud: 'audience',
  iss: 'unknown-issuer',
  nbf: 'not-yet-valid',
  typ: 'type',
};

/** @throws IssuerKeysUnavailable for what is no verdict on the token: a key of the issuer's that cannot be used. */
function reasonOf(error: unknown): RefusalReason {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimReasons[error.claim] ?? 'claims';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return 'unknown-key';
  }
  if (error instanceof errors.JOSEError) return 'malformed';
  const name = error instanceof Error ? error.name : typeof error;
  throw new IssuerKeysUnavailable(`A key of an issuer cannot be used: ${name}.`);
}
