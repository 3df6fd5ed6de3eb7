import type { Language } from '../shared/contract/language.ts';
import type { ProblemError } from '../shared/contract/problem-body.ts';

/** What became of one event that a bureau sent. */
export interface RecordedEvent {
  /** Null where what was sent is no event id. */
  readonly eventId: string | null;
  /** `failed`: not stored, for a fault of ours; sending it again may succeed. */
  readonly outcome: 'applied' | 'duplicate' | 'rejected' | 'failed';
  /** Why not, with pointers into the event. */
  errors(language: Language): readonly ProblemError[];
}
