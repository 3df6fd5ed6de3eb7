import type { FieldErrorCode } from '../../shared/contract/field-errors.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import type { RegisterEvent } from '../../shared/domain/register/register-event.ts';
import {
  type AppendOutcome,
  ResidentContended,
  type ResidentStore,
  ResidentStoreUnavailable,
} from '../../shared/domain/register/resident-store.ts';

/** An event that was accepted, and whom it is about. */
export interface AcceptedEvent {
  readonly document: CanonicalDocument;
  readonly event: RegisterEvent;
}

/** What became of an accepted event: stored, there before, or not stored through a fault of ours. */
export type StoredEvent = AppendOutcome | StoreFault;

/** Why events of a resident could not be stored. */
export interface StoreFault {
  readonly code: Extract<FieldErrorCode, 'store-unavailable' | 'resident-contended' | 'internal-error'>;
  readonly error: unknown;
  /** How many events it kept from being stored. */
  readonly count: number;
}

/** Stores events, those of one resident together, several residents at a time; what became of each, in order. */
export async function storeEvents(
  residents: ResidentStore,
  accepted: readonly AcceptedEvent[],
  residentsAtOnce: number,
): Promise<readonly StoredEvent[]> {
  const outcomes = new Array<StoredEvent>(accepted.length);
  const places = Map.groupBy(accepted.keys(), (place) => {
    const { type, number } = accepted[place]!.document;
    return `${type} ${number}`;
  });
  const waiting = places.values();
  const work = async () => {
    // One iterator for all: each takes the next resident that nobody has.
    for (const ofOne of waiting) {
      const stored = await storeOfOne(
        residents,
        ofOne.map((place) => accepted[place]!),
      );
      ofOne.forEach((place, position) => {
        outcomes[place] = stored[position]!;
      });
    }
  };
  await Promise.all(Array.from({ length: residentsAtOnce }, work));
  return outcomes;
}

async function storeOfOne(
  residents: ResidentStore,
  ofOne: readonly AcceptedEvent[],
): Promise<readonly StoredEvent[]> {
  const events = ofOne.map(({ event }) => event);
  try {
    return await residents.append(ofOne[0]!.document, events);
  } catch (error) {
    // One object for all of them: it is one fault.
    const fault: StoreFault = { code: codeOf(error), error, count: events.length };
    return events.map(() => fault);
  }
}

function codeOf(error: unknown): StoreFault['code'] {
  if (error instanceof ResidentStoreUnavailable) return 'store-unavailable';
  return error instanceof ResidentContended ? 'resident-contended' : 'internal-error';
}
