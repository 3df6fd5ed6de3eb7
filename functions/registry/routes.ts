import type { Translated } from '../../shared/contract/language.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { namesOf, placesOf } from '../../shared/observability/describe-error.ts';
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
      for (const { code, error, count } of new Set(recorded.flatMap(({ fault }) => fault ?? []))) {
        const stack = code === 'internal-error' ? placesOf(error) : undefined;
        log.write('eventsNotStored', { operationId, count, errorName: namesOf(error), stack });
      }
      refuseIfNothingWasStored(recorded);
      const results = recorded.map(({ eventId, outcome, errors }) => ({ eventId, outcome, errors }));
      return { status: 207, body: { results } };
    },
  };
}

const nothingStored = {
  'zh-CN': '没有任何事件得到保存确认；请稍后重新报送同一请求。',
  en: 'No event is known to be stored. Send the same body again later.',
} as const satisfies Translated;

/** A body of which nothing was stored is best sent again whole, which every client knows to do at 503. */
function refuseIfNothingWasStored(recorded: readonly RecordedEvent[]): void {
  // What failed inside would fail again: a feed must not send it for ever and be told to.
  const canPass = ({ fault }: RecordedEvent) => fault !== null && fault.code !== 'internal-error';
  if (!recorded.every(canPass)) return;
  throw new RequestProblem(
    'unavailable',
    { detail: (language) => nothingStored[language] },
    { cause: recorded[0]?.fault?.error },
  );
}
