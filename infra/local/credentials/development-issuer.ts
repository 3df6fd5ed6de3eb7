import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { importPKCS8, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';
import type { IssuerSettings } from '../../../shared/security/tokens/issuer.ts';
import { readOrMakeOwnerFile } from './owner-file.ts';

/** Who stands in for the city's identity platform and for the staff directory, on one machine. */
export const developmentIssuers = {
  residents: 'urn:permit-eligibility:development:residents',
  staff: 'urn:permit-eligibility:development:staff',
} as const;

const audience = 'urn:permit-eligibility:local';
const algorithm = 'ES256';
const type = 'at+jwt';

/** What a development token says of real-name assurance, and all that is taken for enough here. */
export const developmentAssurance = 'urn:permit-eligibility:development:real-name';

/**
 * The issuer of tokens for development: signs as a real one would, with a key that never leaves this machine's data
 * folder, where only its owner can read it. Nothing but this machine's own platform takes its tokens.
 */
export class DevelopmentIssuer {
  readonly #pem: string;
  readonly #keyId: string;

  /** @param dataDirectory where the key is, made on first use. */
  constructor(dataDirectory: string) {
    this.#pem = readOrMakeOwnerFile(join(dataDirectory, 'issuer.key'), () =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    );
    const der = createPublicKey(this.#pem).export({ type: 'spki', format: 'der' });
    this.#keyId = createHash('sha256').update(der).digest('base64url').slice(0, 16);
  }

  /** The public half, as a real issuer publishes it. */
  get jwks(): JSONWebKeySet {
    const jwk = createPublicKey(this.#pem).export({ format: 'jwk' });
    return { keys: [{ ...jwk, kty: 'EC', kid: this.#keyId, alg: algorithm, use: 'sig' }] };
  }

  /** How the authorizer is told of these issuers. */
  settings(jwksUrl: string): IssuerSettings[] {
    const common = { audience, type, algorithms: [algorithm], jwksUrl } satisfies Partial<IssuerSettings>;
    return [
      {
        ...common,
        issuer: developmentIssuers.residents,
        vouchesFor: ['resident'],
        sufficientAssurance: [developmentAssurance],
      },
      {
        ...common,
        issuer: developmentIssuers.staff,
        vouchesFor: ['clerk', 'operator', 'policy-editor', 'policy-approver'],
      },
    ];
  }

  /**
   * A signed token.
   *
   * @param claims without issuer, audience and times.
   * @param minutes from now until it expires.
   */
  async sign(
    issuer: (typeof developmentIssuers)[keyof typeof developmentIssuers],
    claims: JWTPayload,
    minutes: number,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, kid: this.#keyId, typ: type })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + minutes * 60)
      .sign(await importPKCS8(this.#pem, algorithm));
  }
}
