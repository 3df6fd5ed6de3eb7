import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import type { Language } from '../../shared/contract/language.ts';
import type { ProblemError } from '../../shared/contract/problem-body.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import { readEvent } from './read-event.ts';
import { type AcceptedEvent, type StoreFault, storeEvents } from './store-events.ts';

/** What became of one event that a bureau sent. */
export interface RecordedEvent {
  /** Null where what was sent is no event id, or may hold a person's number. */
  readonly eventId: string | null;
  /** `failed`: not stored, through a fault of ours; sending it again may succeed. */
  readonly outcome: 'applied' | 'duplicate' | 'rejected' | 'failed';
  /** Why it was rejected or failed; empty otherwise. */
  readonly errors: readonly ProblemError[];
  readonly fault: StoreFault | null;
}

export interface RecordOptions {
  /** The bureau that sent the events, from its credential. */
  readonly source: string;
  readonly language: Language;
  /** The pointer to the event at a place among those sent. */
  readonly pointerTo: (place: number) => string;
  /** How many residents are written at once. */
  readonly residentsAtOnce: number;
}

/**
 * The one way into the register, for what is posted and for what is imported: judges each event by itself and stores those
 * that are accepted, those of one resident together; what became of each, in order. One bad event never spoils another.
 */
export async function recordEvents(
  residents: ResidentStore,
  sent: readonly unknown[],
  { source, language, pointerTo, residentsAtOnce }: RecordOptions,
): Promise<readonly RecordedEvent[]> {
  const read = sent.map((event, place) => readEvent(event, source, pointerTo(place), language));
  const accepted = read.filter((each): each is AcceptedEvent & typeof each => each.errors === undefined);
  const outcomes = (await storeEvents(residents, accepted, residentsAtOnce)).values();
  return read.map(({ eventId, errors }, place): RecordedEvent => {
    if (errors !== undefined) return { eventId, outcome: 'rejected', errors, fault: null };
    const outcome = outcomes.next().value!;
    if (typeof outcome === 'string') return { eventId, outcome, errors: [], fault: null };
    const { code } = outcome;
    const error = { pointer: pointerTo(place), code, detail: fieldErrorDetail(code, language) };
    return { eventId, outcome: 'failed', errors: [error], fault: outcome };
  });
}
