import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import type { Language } from '../../shared/contract/language.ts';
import type { RegistryOutcome } from '../../shared/contract/registry/response.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import type { Log } from '../../shared/observability/log.ts';
import { readEvent } from './read-event.ts';
import { type AcceptedEvent, type StoredEvent, type StoreFault, storeEvents } from './store-events.ts';

export interface RegistryDependencies {
  readonly residents: ResidentStore;
  readonly log: Log;
}

/** The operations of the bureaus' feeds. */
export function registryOperations({ residents, log }: RegistryDependencies): Operations<'registry'> {
  return {
    recordEvents: async ({ body, caller, language, operationId }) => {
      const read = body.events.map((sent, place) =>
        readEvent(sent, caller.source, `/events/${place}`, language),
      );
      const accepted = read.filter((each): each is AcceptedEvent & typeof each => each.errors === undefined);
      const stored = await storeEvents(residents, accepted);

      const faults = new Set(stored.filter((outcome) => typeof outcome === 'object'));
      for (const { error, count } of faults) {
        log.write('eventsNotStored', { operationId, count, errorName: nameOf(error) });
      }
      if (stored.length === read.length) refuseIfNothingWasStored(stored);
      const outcomes = stored.values();
      const results = read.map(({ eventId, errors }, place): RegistryOutcome => {
        if (errors !== undefined) return { eventId, outcome: 'rejected', errors: [...errors] };
        const outcome = outcomes.next().value!;
        return typeof outcome === 'string'
          ? { eventId, outcome, errors: [] }
          : { eventId, outcome: 'failed', errors: [notStored(outcome, place, language)] };
      });
      return { status: 207, body: { results } };
    },
  };
}

/** A body of which nothing was stored is best sent again whole, which every client knows to do at 503. */
function refuseIfNothingWasStored(stored: readonly StoredEvent[]): void {
  const [first] = stored;
  if (typeof first !== 'object' || stored.some((outcome) => typeof outcome !== 'object')) return;
  throw new RequestProblem('unavailable', {}, { cause: first.error });
}

function notStored({ code }: StoreFault, place: number, language: Language) {
  return { pointer: `/events/${place}`, code, detail: fieldErrorDetail(code, language) };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
