import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { foldEvents } from '../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../shared/domain/register/register-event.ts';
import type {
  AppendOutcome,
  KnownResident,
  ResidentKeys,
  ResidentStore,
} from '../../shared/domain/register/resident-store.ts';

/** A register in memory: folds what it was sent, and fails for whom it is told to. */
export class MemoryResidentStore implements ResidentStore, ResidentKeys {
  /** Thrown for a resident, by the number of their document; `*`: for everyone. */
  readonly faults = new Map<string, Error>();
  /** What was asked for, in order. */
  readonly appends: { readonly number: string; readonly events: readonly RegisterEvent[] }[] = [];
  readonly #residents = new Map<string, { readonly id: string; readonly events: RegisterEvent[] }>();

  async find(document: CanonicalDocument): Promise<KnownResident | null> {
    this.#failFor(document);
    const known = this.#residents.get(document.number);
    if (known === undefined) return null;
    const { id, events } = known;
    return { residentId: id, document, record: foldEvents(events), wrappedKey: Buffer.from(id) };
  }

  async append(
    document: CanonicalDocument,
    events: readonly RegisterEvent[],
  ): Promise<readonly AppendOutcome[]> {
    this.appends.push({ number: document.number, events });
    await new Promise(setImmediate);
    this.#failFor(document);
    const known = this.#residents.get(document.number) ?? {
      id: `rs_${String(this.#residents.size).padStart(22, '0')}`,
      events: [],
    };
    this.#residents.set(document.number, known);
    return events.map((event) => {
      const isKnown = known.events.some(
        ({ source, eventId }) => source === event.source && eventId === event.eventId,
      );
      if (!isKnown) known.events.push(event);
      return isKnown ? 'duplicate' : 'applied';
    });
  }

  async erase(document: CanonicalDocument): Promise<'erased' | 'unknown'> {
    this.#failFor(document);
    return this.#residents.delete(document.number) ? 'erased' : 'unknown';
  }

  async wrappedKeyOf(residentId: string): Promise<Uint8Array | null> {
    const known = [...this.#residents.values()].some(({ id }) => id === residentId);
    return known ? Buffer.from(residentId) : null;
  }

  #failFor({ number }: CanonicalDocument): void {
    const fault = this.faults.get(number) ?? this.faults.get('*');
    if (fault !== undefined) throw fault;
  }
}
