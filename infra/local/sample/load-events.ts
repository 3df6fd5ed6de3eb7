import type { RecordedEvent } from '../../../functions/record-events/record-events.ts';
import type { SampleEvent } from './event-log.ts';

/** Judges and stores events of a bureau, as what it posts. */
export type Recorder = (events: readonly unknown[], source: string) => Promise<readonly RecordedEvent[]>;

export interface LoadedEvents {
  readonly applied: number;
  /** There from an earlier load. */
  readonly duplicate: number;
}

/** Sample events of one load that the register did not take; the message has no value of them. */
export class SampleNotLoaded extends Error {
  override readonly name = 'SampleNotLoaded';
}

/**
 * Brings sample events into the register by the bureaus' own way in, those of each bureau together.
 *
 * @throws SampleNotLoaded when an event is rejected, a fault of the sample, or fails, one of the register.
 */
export async function loadEvents(events: readonly SampleEvent[], record: Recorder): Promise<LoadedEvents> {
  let applied = 0;
  let duplicate = 0;
  // One bureau after another: all at once they would wait for each other at every resident.
  for (const [source, ofSource] of Map.groupBy(events, (event) => event.source)) {
    const recorded = await record(
      ofSource.map(({ event }) => event),
      source,
    );
    for (const { outcome, errors } of recorded) {
      if (outcome === 'applied') applied += 1;
      else if (outcome === 'duplicate') duplicate += 1;
      else throw new SampleNotLoaded(`An event of ${source} was ${outcome}: ${errors[0]?.code}`);
    }
  }
  return { applied, duplicate };
}
