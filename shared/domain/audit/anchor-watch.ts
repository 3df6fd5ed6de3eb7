import type { Anchor, AnchorStore } from './anchor-store.ts';

/** Reads that are to leave a trace stop when nothing could be anchored for as long as this: at exactly four hours they do. */
export const longestWithoutAnchor = 4 * 3_600_000;
/** How long an answer of the store is remembered. */
const rememberedMilliseconds = 30_000;
/** How long the store is left alone after it failed, while what is remembered still lets reads go on. */
const leftAloneMilliseconds = 5_000;

/** Nothing says that the audit was anchored within the last four hours. */
export class AuditNotAnchored extends Error {
  override readonly name = 'AuditNotAnchored';

  constructor(options?: ErrorOptions) {
    super('No root of the audit was anchored for four hours.', options);
  }
}

/**
 * Whether reads of personal data by others than the person may go on: while the audit they are recorded in is anchored.
 * Where anchoring never began, they may not.
 */
export class AnchorWatch {
  readonly #anchors: Pick<AnchorStore, 'read'>;
  readonly #now: () => number;
  #known: { readonly anchor: Anchor | null; readonly askAgainAt: number } | null = null;
  #asking: Promise<void> | null = null;

  /** @param now milliseconds since the epoch. */
  constructor(anchors: Pick<AnchorStore, 'read'>, now: () => number) {
    this.#anchors = anchors;
    this.#now = now;
  }

  /** @throws AuditNotAnchored, caused by the store's error where it is the store that does not answer. */
  async requireAnchored(): Promise<void> {
    if (this.#known === null || this.#now() >= this.#known.askAgainAt) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = null;
      });
      await this.#asking;
    }
    if (!this.#isFresh()) throw new AuditNotAnchored();
  }

  async #ask(): Promise<void> {
    const askedAt = this.#now();
    try {
      this.#known = { anchor: await this.#anchors.read(), askAgainAt: askedAt + rememberedMilliseconds };
    } catch (cause) {
      if (!this.#isFresh()) throw new AuditNotAnchored({ cause });
      this.#known = { ...this.#known!, askAgainAt: this.#now() + leftAloneMilliseconds };
    }
  }

  #isFresh(): boolean {
    const anchor = this.#known?.anchor ?? null;
    if (anchor === null) return false;
    return anchorAge(anchor, this.#now()) < longestWithoutAnchor;
  }
}

/** Milliseconds since the last root was anchored; since anchoring began, when none ever was. */
export function anchorAge({ beganAt, last }: Anchor, now: number): number {
  return now - Date.parse(last?.anchoredAt ?? beganAt);
}
