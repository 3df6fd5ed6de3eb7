import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';
import { StaleIfError } from '../../caching/stale-if-error.ts';

/** The keys of an issuer cannot be had; whether a token of it is good cannot be told. */
export class IssuerKeysUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IssuerKeysUnavailable';
  }
}

export interface IssuerKeysOptions {
  /** The JSON at a URL of keys, unverified; rejects when there is none to be had in time. */
  readonly fetchKeys: (url: string) => Promise<unknown>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How old keys may be before they are read again: a key the issuer took back is refused within it. */
  readonly maxAgeMilliseconds?: number;
  /** How long an unknown key id does not make us read again: anyone can write any id into a token. */
  readonly coolDownMilliseconds?: number;
  /** How long after the last good read its keys still count while the issuer does not answer. */
  readonly maxStaleMilliseconds?: number;
  /** Told of every failure that was answered with older keys. */
  readonly onStale?: (error: unknown) => void;
}

/** A set in which a private or a shared key stands is none to trust: others have read it too. */
const jwksSchema = z.object({
  keys: z
    .array(
      z
        .looseObject({ kty: z.string(), kid: z.optional(z.string()) })
        .check(z.refine((key) => !('d' in key) && !('k' in key))),
    )
    .check(z.maxLength(64)),
});

interface KnownKeys {
  readonly ids: ReadonlySet<string>;
  readonly getKey: JWTVerifyGetKey;
  readonly readAt: number;
}

/** The public keys of one issuer, remembered between tokens. */
export class IssuerKeys {
  readonly #url: string;
  readonly #options: Required<IssuerKeysOptions>;
  readonly #fallback: StaleIfError<KnownKeys>;
  #known: KnownKeys | null = null;
  #reading: Promise<KnownKeys> | null = null;
  #lastTry = Number.NEGATIVE_INFINITY;

  constructor(url: string, options: IssuerKeysOptions) {
    this.#url = url;
    this.#options = {
      maxAgeMilliseconds: 600_000,
      coolDownMilliseconds: 30_000,
      maxStaleMilliseconds: 3_600_000,
      onStale: () => {},
      ...options,
    };
    const { now, maxStaleMilliseconds, coolDownMilliseconds, onStale } = this.#options;
    this.#fallback = new StaleIfError({
      now,
      maxStaleMilliseconds,
      retryAfterMilliseconds: coolDownMilliseconds,
      onStale,
    });
  }

  /**
   * The key with an id; null when the issuer has none of it.
   *
   * @throws IssuerKeysUnavailable when the keys cannot be read and none are remembered, or for too long.
   */
  async find(keyId: string): Promise<JWTVerifyGetKey | null> {
    const { now, maxAgeMilliseconds, coolDownMilliseconds } = this.#options;
    const old = this.#known === null || now() - this.#known.readAt >= maxAgeMilliseconds;
    let known = old ? await this.#read() : this.#known!;
    // The issuer may have begun to sign with a new key a moment ago.
    if (!known.ids.has(keyId) && now() - this.#lastTry >= coolDownMilliseconds) known = await this.#read();
    return known.ids.has(keyId) ? known.getKey : null;
  }

  /** Concurrent callers share one read. */
  #read(): Promise<KnownKeys> {
    this.#reading ??= this.#fallback
      .answer(() => this.#fetch())
      .catch((cause) => {
        throw new IssuerKeysUnavailable('The keys of an issuer cannot be read.', { cause });
      })
      .finally(() => {
        this.#reading = null;
      });
    return this.#reading;
  }

  async #fetch(): Promise<KnownKeys> {
    const readAt = this.#options.now();
    this.#lastTry = readAt;
    const jwks = jwksSchema.parse(await this.#options.fetchKeys(this.#url));
    // A key without an id can be chosen by no token.
    const keys = jwks.keys.filter(({ kid }) => kid !== undefined);
    this.#known = {
      ids: new Set(keys.map(({ kid }) => kid!)),
      getKey: createLocalJWKSet({ keys } as JSONWebKeySet),
      readAt,
    };
    return this.#known;
  }
}
