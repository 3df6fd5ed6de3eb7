import { writeFileSync } from 'node:fs';
import { importEvents, type RejectedEvent } from '../../../functions/import/import-events.ts';
import { readNdjson } from '../../../functions/import/read-ndjson.ts';
import { readEvent } from '../../../functions/record-events/read-event.ts';
import { recordEvents } from '../../../functions/record-events/record-events.ts';
import { sampleCity } from '../../../infra/local/sample/sample-city.ts';
import type { CanonicalDocument } from '../../../shared/domain/identity/document.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { type Chooser, pick } from '../chooser.ts';
import { MemoryResidentStore } from '../memory-resident-store.ts';

const language = 'zh-CN';

/** What the register must hold of one resident after a file was imported, however often the import was killed. */
export interface ExpectedResident {
  readonly document: CanonicalDocument;
  /** Each once. */
  readonly events: readonly RegisterEvent[];
}

/** A file of events, and what must come of it. */
export interface ImportFile {
  readonly path: string;
  readonly source: string;
  readonly lines: number;
  /** Events that are stored; each counts once. */
  readonly events: number;
  /** Events that stand in the file a second time. */
  readonly repeated: number;
  readonly rejected: readonly RejectedEvent[];
  readonly residents: readonly ExpectedResident[];
}

/**
 * Writes the events of a sample city, as one bureau would tell them, with lines in between that hold nothing, cannot be
 * read, are refused, or were there before.
 *
 * @param refused how many lines of the last three kinds each.
 */
export async function writeImportFile(
  path: string,
  chooser: Chooser,
  { residents, refused }: { readonly residents: number; readonly refused: number },
): Promise<ImportFile> {
  const source = 'public-security';
  const events = Array.from(
    sampleCity({ residents, seed: chooser.int(0, 1_000_000), asOf: '2024-06-01' }),
    ({ event }) => event,
  );
  const lines = events.map((event) => JSON.stringify(event));
  const anyOf = () => pick(chooser, events);
  const unfit = [
    () => '',
    () => JSON.stringify(anyOf()).slice(0, -1),
    () =>
      JSON.stringify({ ...anyOf(), eventId: `refused-${chooser.int(1, 1_000)}`, occurredOn: '2024-02-30' }),
    () => JSON.stringify(anyOf()),
  ];
  for (let place = 0; place < refused; place++) {
    for (const line of unfit) lines.splice(chooser.int(0, lines.length), 0, line());
  }
  const text = `${lines.join('\n')}\n`;
  writeFileSync(path, text);
  return {
    path,
    source,
    lines: lines.length,
    events: events.length,
    repeated: refused,
    rejected: await rejectedOf(text, source),
    residents: residentsOf(events, source),
  };
}

/** What an import that nobody killed rejects. */
async function rejectedOf(text: string, source: string): Promise<RejectedEvent[]> {
  const store = new MemoryResidentStore();
  const steps = importEvents(readNdjson(chunksOf(text)), {
    skipLines: 0,
    language,
    record: (events) =>
      recordEvents(store, events, { source, language, pointerTo: () => '', residentsAtOnce: 8 }),
    pause: () => Promise.reject(new Error('Memory always answers.')),
  });
  const rejected: RejectedEvent[] = [];
  for await (const step of steps) rejected.push(...step.rejected);
  return rejected;
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function residentsOf(events: readonly unknown[], source: string): ExpectedResident[] {
  const residents = new Map<string, { document: CanonicalDocument; events: RegisterEvent[] }>();
  for (const sent of events) {
    const read = readEvent(sent, source, '', language);
    if (read.errors !== undefined) throw new Error('The sample city tells an event that is refused.');
    const { document, event } = read;
    const name = `${document.type} ${document.number}`;
    const resident = residents.get(name) ?? { document, events: [] };
    resident.events.push(event);
    residents.set(name, resident);
  }
  return [...residents.values()];
}
