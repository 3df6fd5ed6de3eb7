import { randomBytes } from 'node:crypto';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { foldEvents } from '../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../shared/domain/register/register-event.ts';
import type {
  AppendOutcome,
  KnownResident,
  ResidentKeys,
  ResidentStore,
} from '../../shared/domain/register/resident-store.ts';
import { residentKeyContext } from '../../shared/security/envelope.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

/** A resident store in memory that keeps the rules of the port, counts its reads and fails for whom it is told to. */
export class MemoryResidentStore implements ResidentStore, ResidentKeys {
  /** While set, every call throws it. */
  fault: Error | null = null;
  /** Thrown for a resident, by the number of their document. */
  readonly faults = new Map<string, Error>();
  readonly reads = { residents: 0, keys: 0 };
  /** What was to be stored, in order. */
  readonly appends: { readonly number: string; readonly events: readonly RegisterEvent[] }[] = [];
  readonly #keyStore: KeyStore;
  readonly #residents = new Map<
    string,
    { readonly known: KnownResident; readonly events: RegisterEvent[] }
  >();

  constructor(keyStore: KeyStore = memoryKeyStore()) {
    this.#keyStore = keyStore;
  }

  async find(document: CanonicalDocument): Promise<KnownResident | null> {
    this.reads.residents++;
    await this.#answer(document);
    return this.#residents.get(nameOf(document))?.known ?? null;
  }

  async append(
    document: CanonicalDocument,
    events: readonly RegisterEvent[],
  ): Promise<readonly AppendOutcome[]> {
    this.appends.push({ number: document.number, events });
    await this.#answer(document);
    const newcomer = await this.#newcomer();
    // From here on nothing waits, so that nobody comes between.
    const stood = this.#residents.get(nameOf(document));
    const all = [...(stood?.events ?? [])];
    const outcomes = events.map((event): AppendOutcome => {
      if (all.some((other) => other.source === event.source && other.eventId === event.eventId))
        return 'duplicate';
      all.push(event);
      return 'applied';
    });
    const { residentId, wrappedKey } = stood?.known ?? newcomer;
    const known = { residentId, wrappedKey, document, record: foldEvents(all) };
    this.#residents.set(nameOf(document), { known, events: all });
    return outcomes;
  }

  async erase(document: CanonicalDocument): Promise<'erased' | 'unknown'> {
    await this.#answer(document);
    return this.#residents.delete(nameOf(document)) ? 'erased' : 'unknown';
  }

  async wrappedKeyOf(residentId: string): Promise<Uint8Array | null> {
    this.reads.keys++;
    await this.#answer();
    const found = [...this.#residents.values()].find(({ known }) => known.residentId === residentId);
    return found?.known.wrappedKey ?? null;
  }

  async #newcomer() {
    const residentId = `rs_${randomBytes(16).toString('base64url')}`;
    const { wrapped } = await this.#keyStore.generateDataKey(residentKeyContext(residentId));
    return { residentId, wrappedKey: wrapped };
  }

  async #answer(document?: CanonicalDocument): Promise<void> {
    await new Promise(setImmediate);
    const fault = this.fault ?? this.faults.get(document?.number ?? '');
    if (fault !== undefined && fault !== null) throw fault;
  }
}

function nameOf({ type, number }: CanonicalDocument): string {
  return `${type} ${number}`;
}
