import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import type { Language, Translated } from '../../shared/contract/language.ts';
import type { RegistryOutcome } from '../../shared/contract/registry/response.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { namesOf, placesOf } from '../../shared/observability/describe-error.ts';
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
      for (const { code, error, count } of faults) {
        const stack = code === 'internal-error' ? placesOf(error) : undefined;
        log.write('eventsNotStored', { operationId, count, errorName: namesOf(error), stack });
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

const nothingStored = {
  'zh-CN': '没有任何事件得到保存确认；请稍后重新报送同一请求。',
  en: 'No event is known to be stored. Send the same body again later.',
} as const satisfies Translated;

/** A body of which nothing was stored is best sent again whole, which every client knows to do at 503. */
function refuseIfNothingWasStored(stored: readonly StoredEvent[]): void {
  const [first] = stored;
  // What failed inside would fail again: a feed must not send it for ever and be told to.
  const canPass = (outcome: StoredEvent) => typeof outcome === 'object' && outcome.code !== 'internal-error';
  if (typeof first !== 'object' || !stored.every(canPass)) return;
  throw new RequestProblem(
    'unavailable',
    { detail: (language) => nothingStored[language] },
    { cause: first.error },
  );
}

function notStored({ code }: StoreFault, place: number, language: Language) {
  return { pointer: `/events/${place}`, code, detail: fieldErrorDetail(code, language) };
}
