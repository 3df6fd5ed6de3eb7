import * as z from 'zod';
import { type Role, roleScopes } from '../../contract/scopes.ts';

/** Asymmetric ones only: with a shared secret, whoever can verify a token could also make one. */
const algorithm = z.enum(['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256']);

/** Keys come over TLS, so that nobody on the way can add one; on one machine there is no way. */
const jwksUrl = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(hostname));
}, 'must be https, or http on the loopback address');

const issuer = z.strictObject({
  /** What stands in `iss`, to the letter. */
  issuer: z.string().min(1).max(256),
  /** What `aud` must hold: this API, as the issuer names it. */
  audience: z.string().min(1).max(256),
  /** What `typ` must be: `at+jwt` for access tokens after RFC 9068. */
  type: z.string().min(1).max(64).default('at+jwt'),
  algorithms: z.array(algorithm).min(1).default(['ES256']),
  jwksUrl,
  /** Whom it may vouch for. A token that claims another role is refused whole. */
  vouchesFor: z.array(z.enum(Object.keys(roleScopes) as [Role, ...Role[]])).min(1),
  /**
   * The values of `acr` that stand for real-name assurance strong enough to show a resident their record. Issuers name
   * their levels as they like and in no order a program could know, so each level that suffices is listed.
   */
  sufficientAssurance: z.array(z.string().min(1).max(128)).default([]),
  /** Seconds from `iat` to `exp`; a token that lives longer is refused. */
  maxLifetimeSeconds: z.int().min(60).max(86_400).default(43_200),
});

/** The issuers whose tokens are taken, each known by its `iss`. */
export const issuersSchema = z
  .array(issuer)
  .max(16)
  .refine((all) => new Set(all.map(({ issuer }) => issuer)).size === all.length, 'names an issuer twice');

/** An issuer of tokens: whose signature counts, and for what. */
export type Issuer = z.infer<typeof issuer>;

/** The same as it is written in a configuration, where what has a default may be left out. */
export type IssuerSettings = z.input<typeof issuer>;
