import { assert, asyncProperty, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvMapping } from '../../../functions/import/csv-mapping.ts';
import {
  addEventless,
  ImportInterrupted,
  type ImportStep,
  importEvents,
  noEventless,
} from '../../../functions/import/import-events.ts';
import type { ImportLine } from '../../../functions/import/import-line.ts';
import { readCsv } from '../../../functions/import/read-csv.ts';
import { readNdjson } from '../../../functions/import/read-ndjson.ts';
import type { RecordedEvent } from '../../../functions/record-events/record-events.ts';

const errors = [{ pointer: '/occurredOn', code: 'not-a-date', detail: 'no date' }];

/** A register in memory: knows ids, refuses those with `bad`, and fails when it is told to. */
function register(failures = 0) {
  const stored = new Map<string, number>();
  let left = failures;
  const record = async (
    events: readonly unknown[],
  ): Promise<Pick<RecordedEvent, 'eventId' | 'outcome' | 'errors'>[]> => {
    const failing = left > 0;
    if (failing) left -= 1;
    return events.map((event, index) => {
      const { eventId } = event as { eventId: string };
      if (eventId.startsWith('bad')) return { eventId, outcome: 'rejected', errors };
      if (failing && index % 2 === 0) return { eventId, outcome: 'failed', errors: [] };
      const times = (stored.get(eventId) ?? 0) + 1;
      stored.set(eventId, times);
      return { eventId, outcome: times === 1 ? 'applied' : 'duplicate', errors: [] };
    });
  };
  return { stored, record };
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function* linesOf(ids: readonly string[]): AsyncGenerator<ImportLine> {
  for (const [index, eventId] of ids.entries())
    yield { line: index + 1, read: () => [{ value: { eventId } }] };
}

const options = { skipLines: 0, language: 'en', pause: async () => {} } as const;
const total = (steps: readonly ImportStep[], part: 'applied' | 'duplicate') =>
  steps.reduce((sum, step) => sum + step[part], 0);

describe('importEvents', () => {
  it('tells what became of every line, the unreadable ones by number', async () => {
    const text =
      '{"eventId":"a"}\n\n{"eventId":"a","eventId":"b"}\n{"eventId":"bad-1"}\nnot json\n{"eventId":"a"}';
    const { record } = register();
    const steps = await Array.fromAsync(importEvents(readNdjson(bytes(text)), { ...options, record }));
    expect(steps).toMatchObject([
      { line: 6, lines: 6, eventless: { count: 1, first: [2] }, applied: 1, duplicate: 1 },
    ]);
    expect(steps[0]?.rejected).toEqual([
      { line: 3, eventId: null, errors: [expect.objectContaining({ code: 'duplicate-key' })] },
      { line: 4, eventId: 'bad-1', errors },
      { line: 5, eventId: null, errors: [expect.objectContaining({ code: 'not-json' })] },
    ]);
  });

  it('counts the rows of a table that are no event, and names the first few over all steps', async () => {
    const mapping = csvMapping.parse({
      events: [{ when: { column: 'kind', equals: 'yes' }, event: { eventId: { column: 'id' } } }],
    });
    const rows = Array.from({ length: 2_500 }, (_, row) => `${row},${row % 900 === 0 ? 'yes' : 'no'}`);
    const { stored, record } = register();
    const table = readCsv(bytes(`id,kind\n\n${rows.join('\n')}\n`), mapping);
    const steps = await Array.fromAsync(importEvents(table, { ...options, record }));
    expect(stored.size).toBe(3);
    // Steps end also where nothing is stored: how far it came is told, and its time is looked at.
    expect(steps.map(({ lines }) => lines)).toEqual([1_000, 1_000, 500]);
    const eventless = steps.map((step) => step.eventless).reduce(addEventless, noEventless);
    expect(eventless).toEqual({ count: 2_497, first: [4, 5, 6, 7, 8] });
  });

  it('goes on after any step as if it had never stopped: nothing lost, nothing doubled', async () => {
    const ids = Array.from({ length: 3_500 }, (_, index) =>
      index % 500 === 7 ? `bad-${index}` : `e-${index}`,
    );
    await assert(
      asyncProperty(integer({ min: 0, max: 5 }), async (stopAfter) => {
        const { stored, record } = register();
        const done: ImportStep[] = [];
        for await (const step of importEvents(linesOf(ids), { ...options, record })) {
          if (done.length === stopAfter) break; // Stored, but nobody was told: it is done again.
          done.push(step);
        }
        const skipLines = done.at(-1)?.line ?? 0;
        for await (const step of importEvents(linesOf(ids), { ...options, skipLines, record }))
          done.push(step);
        expect(stored.size).toBe(3_493);
        expect(total(done, 'applied') + total(done, 'duplicate')).toBe(3_493);
        expect(done.flatMap(({ rejected }) => rejected)).toHaveLength(7);
        expect(done.at(-1)?.line).toBe(3_500);
      }),
      { numRuns: 12 },
    );
  });

  it('does not read the lines that were done before', async () => {
    const line = (number: number): ImportLine => ({
      line: number,
      read: () => {
        if (number <= 2) throw new Error('read again');
        return [{ value: { eventId: `e-${number}` } }];
      },
    });
    async function* lines() {
      for (let number = 1; number <= 4; number++) yield line(number);
    }
    const steps = await Array.fromAsync(
      importEvents(lines(), { ...options, skipLines: 2, record: register().record }),
    );
    expect(steps).toMatchObject([{ line: 4, applied: 2 }]);
  });

  it('sends again what the register failed to take, and only that', async () => {
    const { stored, record } = register(3);
    const ids = Array.from({ length: 40 }, (_, index) => `e-${index}`);
    const [step] = await Array.fromAsync(importEvents(linesOf(ids), { ...options, record }));
    expect(step).toMatchObject({ applied: 40, duplicate: 0 });
    expect([...stored.values()]).toEqual(ids.map(() => 1));
  });

  it('stops, and tells no step, when the register goes on failing', async () => {
    const pauses: number[] = [];
    const pause = async (attempt: number) => {
      pauses.push(attempt);
    };
    const steps: ImportStep[] = [];
    const run = async () => {
      const { record } = register(Number.POSITIVE_INFINITY);
      for await (const step of importEvents(linesOf(['a', 'b', 'c', 'd']), { ...options, pause, record })) {
        steps.push(step);
      }
    };
    await expect(run()).rejects.toThrow(ImportInterrupted);
    expect([steps, pauses]).toEqual([[], [1, 2, 3, 4, 5]]);
  });
});
