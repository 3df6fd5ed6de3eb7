import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import type { Log } from '../../shared/observability/log.ts';
import { type RecordedEvent, recordEvents } from '../record-events/record-events.ts';

export interface RegistryDependencies {
  readonly residents: ResidentStore;
  readonly log: Log;
}

/** As many residents are written at once: enough to hide the way to the store, not enough to crowd it. */
const residentsAtOnce = 8;

/** The operations of the bureaus' feeds. */
export function registryOperations({ residents, log }: RegistryDependencies): Operations<'registry'> {
  return {
    recordEvents: async ({ body, caller, language, operationId }) => {
      const recorded = await recordEvents(residents, body.events, {
        source: caller.source,
        language,
        pointerTo: (place) => `/events/${place}`,
        residentsAtOnce,
      });
      for (const { error, count } of new Set(recorded.flatMap(({ fault }) => fault ?? []))) {
        log.write('eventsNotStored', { operationId, count, errorName: nameOf(error) });
      }
      refuseIfNothingWasStored(recorded);
      const results = recorded.map(({ eventId, outcome, errors }) => ({ eventId, outcome, errors }));
      return { status: 207, body: { results } };
    },
  };
}

/** A body of which nothing was stored is best sent again whole, which every client knows to do at 503. */
function refuseIfNothingWasStored(recorded: readonly RecordedEvent[]): void {
  if (recorded.some(({ outcome }) => outcome !== 'failed')) return;
  throw new RequestProblem('unavailable', {}, { cause: recorded[0]?.fault?.error });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
