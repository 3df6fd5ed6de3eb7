import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { fieldErrorDetail } from '../contract/field-errors.ts';
import { pageSizes } from '../contract/paging.ts';
import { type DataKey, type KeyContext, type KeyStore, KeyUnreadable } from '../security/key-store.ts';
import { RequestProblem } from './request-problem.ts';

/** The context a key of page tokens is made and opened in. */
export const pageTokenKeyContext: KeyContext = { purpose: 'page-token' };

/** What a page is of: the operation, and everything in the request that chooses what is listed. */
export interface PageQuery {
  readonly operationId: string;
  /** All parameters but `pageSize` and `pageToken`, and whose list it is where that is not in them; in a fixed order. */
  readonly filters: readonly unknown[];
}

/**
 * Tokens that say where a list goes on. One holds the position, in clear, the key it was signed with, wrapped by the key
 * store, and the HMAC-SHA-256 of position and query: so it is good in every process and nothing has to be kept, and
 * whoever alters it, or sends it with other filters, has none that fits. A position must be nothing that may not stand
 * in an address.
 */
export class PageTokens {
  readonly #keyStore: KeyStore;
  #own: Promise<DataKey> | null = null;

  constructor(keyStore: KeyStore) {
    this.#keyStore = keyStore;
  }

  /** @throws KeyStoreUnavailable */
  async issue(query: PageQuery, position: string): Promise<string> {
    const { key, wrapped } = await this.#ownKey();
    const parts = [Buffer.from(position, 'utf8'), wrapped, signature(key, query, position)];
    return parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
  }

  /**
   * The position in a token.
   *
   * @throws RequestProblem 400 for a token that was not issued for this query; KeyStoreUnavailable.
   */
  async read(query: PageQuery, token: string): Promise<string> {
    const match = /^([\w-]{1,1024})\.([\w-]{1,1024})\.([\w-]{43})$/.exec(token);
    if (match === null) throw notIssued();
    const [position, wrapped, signed] = match.slice(1).map((part) => Buffer.from(part, 'base64url'));
    const key = await this.#keyStore.unwrap(wrapped!, pageTokenKeyContext).catch((error: unknown) => {
      throw error instanceof KeyUnreadable ? notIssued(error) : error;
    });
    const text = position!.toString('utf8');
    if (!timingSafeEqual(signed!, signature(key, query, text))) throw notIssued();
    return text;
  }

  #ownKey(): Promise<DataKey> {
    const own = this.#own ?? this.#keyStore.generateDataKey(pageTokenKeyContext);
    this.#own = own;
    // A failure is not kept.
    own.catch(() => {
      if (this.#own === own) this.#own = null;
    });
    return own;
  }
}

/** How many things a page is to have, as its query says. */
export function pageSizeOf({ pageSize }: { readonly pageSize?: string | undefined }): number {
  return pageSize === undefined ? pageSizes.default : Number(pageSize);
}

function signature(key: KeyObject, { operationId, filters }: PageQuery, position: string): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify(['page-token', operationId, filters, position]))
    .digest();
}

function notIssued(cause?: unknown): RequestProblem {
  const code = 'bad-page-token';
  return new RequestProblem(
    'malformed-request',
    {
      errors: (language) => [{ pointer: '/query/pageToken', code, detail: fieldErrorDetail(code, language) }],
    },
    { cause },
  );
}
