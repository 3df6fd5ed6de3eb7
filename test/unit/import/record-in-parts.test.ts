import { describe, expect, it } from 'vitest';
import { recordInParts } from '../../../functions/import/record-in-parts.ts';
import {
  ResidentCorrupted,
  ResidentStoreUnavailable,
} from '../../../shared/domain/register/resident-store.ts';
import { MemoryResidentStore } from '../../support/memory-resident-store.ts';
import { recordingObservers } from '../../support/recording-log.ts';
import { sampleDocument } from '../../support/register.ts';

function setUp() {
  const residents = new MemoryResidentStore();
  const { log, messages } = recordingObservers();
  return { residents, messages, record: recordInParts(residents, log) };
}
const endorsed = (serial: number) => ({
  type: 'permit.endorsed',
  eventId: `e-${serial}`,
  occurredOn: '2024-05-06',
  document: sampleDocument(serial),
});
const events = Array.from({ length: 300 }, (_, serial) => endorsed(serial));

describe('events of a file on their way into the register', () => {
  it('have an outcome each, in their order, under the bureau of the file', async () => {
    const { residents, record } = setUp();
    const sent = [...events.slice(0, 200), { eventId: 'bad' }, ...events.slice(200), events[0]];
    const outcomes = (await record(sent, 'police')).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(
      sent.map((event, index) =>
        event === sent[200] ? 'rejected' : index === sent.length - 1 ? 'duplicate' : 'applied',
      ),
    );
    const sources = residents.appends.flatMap((append) => append.events.map(({ source }) => source));
    expect(new Set(sources)).toEqual(new Set(['police']));
  });

  it('are not sent on to a register that does not answer, and all of them failed', async () => {
    const { residents, record, messages } = setUp();
    residents.fault = new ResidentStoreUnavailable('no answer');
    const outcomes = await record(events, 'police');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(events.map(() => 'failed'));
    expect(residents.appends.length).toBeLessThan(events.length);
    expect(messages[0]).toEqual({
      name: 'fileEventsNotStored',
      fields: { source: 'police', count: 1, errorName: 'ResidentStoreUnavailable', stack: undefined },
    });
  });

  it('are sent on past one resident who cannot be written, with the place of the fault in the log', async () => {
    const { residents, record, messages } = setUp();
    residents.faults.set(sampleDocument(7).number, new ResidentCorrupted());
    const outcomes = await record(events, 'police');
    expect(outcomes.filter(({ outcome }) => outcome !== 'applied')).toMatchObject([
      { eventId: 'e-7', outcome: 'failed' },
    ]);
    expect(messages).toMatchObject([
      { fields: { errorName: 'ResidentCorrupted', stack: expect.any(Array) } },
    ]);
    expect(JSON.stringify(messages)).not.toContain(sampleDocument(7).number);
  });
});
