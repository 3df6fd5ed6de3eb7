import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import type { RegisterEvent } from '../../shared/domain/register/register-event.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import { type Chooser, chance, shuffled } from './chooser.ts';

/**
 * Stores events in an order of its own, one in ten of them twice, in groups of up to `most`, by feeds that work at the
 * same time; how many were sent.
 */
export async function feedInOrder(
  chooser: Chooser,
  store: ResidentStore,
  document: CanonicalDocument,
  events: readonly RegisterEvent[],
  { most, feeds = 1 }: { readonly most: number; readonly feeds?: number },
): Promise<number> {
  const sent = shuffled(chooser, [...events, ...events.filter(() => chance(chooser, 10))]);
  const count = sent.length;
  const feed = async () => {
    while (sent.length > 0) await store.append(document, sent.splice(0, chooser.int(1, most)));
  };
  await Promise.all(Array.from({ length: feeds }, feed));
  return count;
}
