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

/** A register in memory that seals under real keys, counts its reads and can be made to fail as a whole. */
export class KeyedResidentStore implements ResidentStore, ResidentKeys {
  /** While set, every call throws it. */
  fault: Error | null = null;
  readonly reads = { residents: 0, keys: 0 };
  readonly #keyStore: KeyStore;
  readonly #residents = new Map<
    string,
    { readonly known: KnownResident; readonly events: RegisterEvent[] }
  >();

  constructor(keyStore: KeyStore) {
    this.#keyStore = keyStore;
  }

  async find(document: CanonicalDocument): Promise<KnownResident | null> {
    this.reads.residents++;
    await this.#answer();
    return this.#residents.get(nameOf(document))?.known ?? null;
  }

  async append(
    document: CanonicalDocument,
    events: readonly RegisterEvent[],
  ): Promise<readonly AppendOutcome[]> {
    await this.#answer();
    const stood = this.#residents.get(nameOf(document));
    const all = [...(stood?.events ?? [])];
    const outcomes = events.map((event): AppendOutcome => {
      if (all.some((other) => other.source === event.source && other.eventId === event.eventId))
        return 'duplicate';
      all.push(event);
      return 'applied';
    });
    const { residentId, wrappedKey } = stood?.known ?? (await this.#newcomer());
    const known = { residentId, wrappedKey, document, record: foldEvents(all) };
    this.#residents.set(nameOf(document), { known, events: all });
    return outcomes;
  }

  async erase(document: CanonicalDocument): Promise<'erased' | 'unknown'> {
    await this.#answer();
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

  async #answer(): Promise<void> {
    await Promise.resolve();
    if (this.fault !== null) throw this.fault;
  }
}

function nameOf({ type, number }: CanonicalDocument): string {
  return `${type} ${number}`;
}
