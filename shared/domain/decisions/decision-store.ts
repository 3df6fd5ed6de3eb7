import type { AccessEntry } from '../audit/audit-entry.ts';
import type { KnownResident } from '../register/resident-store.ts';
import type { Decision } from './decision.ts';

/** Whom a decision is about, where the register knows them: it is sealed under their data key. */
export type DecisionSubject = Pick<KnownResident, 'residentId' | 'wrappedKey'>;

/**
 * - `kept`: the decision stands now, and did not before.
 * - `repeated`: the same request was decided before: that decision stands, and this one was not kept.
 * - `key-reused`: another request stands under this id, or one about somebody who was erased since; nothing was kept.
 */
export type KeepOutcome =
  | { readonly outcome: 'kept' | 'repeated'; readonly decision: Decision }
  | { readonly outcome: 'key-reused' };

/** A decision and whom it is about: null where the register did not know them. */
export interface FoundDecision {
  readonly decision: Decision;
  readonly residentId: string | null;
}

/** Where decisions are kept. One stands for three years, never changes, and is unreadable once its person is erased. */
export interface DecisionStore {
  /**
   * Keeps a decision unless one stands under its id, and with it the audit's entry of the look that it answers: both or
   * neither, in one conditional write and without reading before. Only where the outcome is `kept` is there an entry.
   *
   * @param subject null for somebody the register does not know: the decision then has a data key of its own.
   * @throws DecisionStoreUnavailable; DecisionCorrupted when what stands there cannot be opened.
   */
  keep(decision: Decision, subject: DecisionSubject | null, access: AccessEntry): Promise<KeepOutcome>;

  /**
   * Whether a decision stands under an id, be it readable or not: one that does stands for good.
   *
   * @throws DecisionStoreUnavailable
   */
  stands(id: string): Promise<boolean>;

  /**
   * A decision; null where there is none, or its person was erased.
   *
   * @throws DecisionStoreUnavailable, DecisionCorrupted, ResidentStoreUnavailable
   */
  read(id: string): Promise<FoundDecision | null>;
}

/** The store, or the key store behind it, did not answer; the same call may succeed later. */
export class DecisionStoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DecisionStoreUnavailable';
  }
}

/** What is stored is not the decision that was written: altered, exchanged, or of a form this version does not read. */
export class DecisionCorrupted extends Error {
  readonly decisionId: string;

  constructor(decisionId: string, options?: ErrorOptions) {
    super('What is stored is not the decision that was written.', options);
    this.name = 'DecisionCorrupted';
    this.decisionId = decisionId;
  }
}
