import { languages } from '../../shared/contract/language.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import { namesOf, placesOf } from '../../shared/observability/describe-error.ts';
import type { Log } from '../../shared/observability/log.ts';
import { type RecordedEvent, recordEvents } from '../record-events/record-events.ts';
import type { ImportDependencies } from './import-file.ts';

/** As many residents are written at once: a file has no hurry, and callers ask the same table. */
const RESIDENTS_AT_ONCE = 16;
/** Events judged and stored before the next are: a register that does not answer is found out within a minute. */
const PART = 8 * RESIDENTS_AT_ONCE;

/**
 * The way of a file's events into the register: the one that bureaus' posts take. Once a whole part found no answer, the
 * register is not asked about the parts behind it: they failed as well, and are tried again with it.
 */
export function recordInParts(residents: ResidentStore, log: Log): ImportDependencies['record'] {
  return async (events, source) => {
    const recorded: RecordedEvent[] = [];
    while (recorded.length < events.length) {
      const part = await recordEvents(residents, events.slice(recorded.length, recorded.length + PART), {
        source,
        language: languages[0],
        pointerTo: () => '',
        residentsAtOnce: RESIDENTS_AT_ONCE,
      });
      recorded.push(...part);
      for (const { code, error, count } of new Set(part.flatMap(({ fault }) => fault ?? []))) {
        const stack = code === 'internal-error' ? placesOf(error) : undefined;
        log.write('fileEventsNotStored', { source, count, errorName: namesOf(error), stack });
      }
      if (part.every(({ fault }) => fault?.code === 'store-unavailable')) break;
    }
    return events.map((_, index) => recorded[index] ?? unasked);
  };
}

const unasked = { eventId: null, outcome: 'failed', errors: [] } as const;
