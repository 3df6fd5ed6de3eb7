import * as z from 'zod/mini';
import { type Role, roleScopes } from '../../contract/scopes.ts';

/** Asymmetric ones only: with a shared secret, whoever can verify a token could also make one. */
const algorithm = z.enum(['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256']);

/** Keys come over TLS, so that nobody on the way can add one; on one machine there is no way. */
const jwksUrl = z.url().check(
  z.refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(hostname));
  }, 'must be https, or http on the loopback address'),
);

const issuer = z.strictObject({
  /** What stands in `iss`, to the letter. */
  issuer: z.string().check(z.minLength(1), z.maxLength(256)),
  /** What `aud` must hold: this API, as the issuer names it. */
  audience: z.string().check(z.minLength(1), z.maxLength(256)),
  /** What `typ` must be: `at+jwt` for access tokens after RFC 9068. */
  type: z._default(z.string().check(z.minLength(1), z.maxLength(64)), 'at+jwt'),
  algorithms: z._default(z.array(algorithm).check(z.minLength(1)), ['ES256']),
  jwksUrl,
  /** Whom it may vouch for. A token that claims another role is refused whole. */
  vouchesFor: z.array(z.enum(Object.keys(roleScopes) as [Role, ...Role[]])).check(z.minLength(1)),
  /**
   * The values of `acr` that stand for real-name assurance strong enough to show a resident their record. Issuers name
   * their levels as they like and in no order a program could know, so each level that suffices is listed.
   */
  sufficientAssurance: z._default(z.array(z.string().check(z.minLength(1), z.maxLength(128))), []),
  /** Seconds from `iat` to `exp`; a token that lives longer is refused. */
  maxLifetimeSeconds: z._default(z.int().check(z.minimum(60), z.maximum(86_400)), 43_200),
});

/** The issuers whose tokens are taken, each known by its `iss`. */
export const issuersSchema = z.array(issuer).check(
  z.maxLength(16),
  z.refine((all) => new Set(all.map(({ issuer }) => issuer)).size === all.length, 'names an issuer twice'),
);

/** An issuer of tokens: whose signature counts, and for what. */
export type Issuer = z.infer<typeof issuer>;

/** The same as it is written in a configuration, where what has a default may be left out. */
export type IssuerSettings = z.input<typeof issuer>;
