import { languages } from '../../shared/contract/language.ts';
import { namesOf } from '../../shared/observability/describe-error.ts';
import type { Log } from '../../shared/observability/log.ts';
import { type CsvMapping, csvMapping } from './csv-mapping.ts';
import {
  type Continuation,
  continuationSchema,
  type DroppedFile,
  type ImportOrder,
  mappingName,
  namesFor,
} from './dropped-file.ts';
import { type ImportBucket, readText } from './import-bucket.ts';
import {
  addEventless,
  ImportInterrupted,
  type ImportOptions,
  importEvents,
  noEventless,
  type RejectedEvent,
} from './import-events.ts';
import type { ImportLine } from './import-line.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';

export interface ImportDependencies extends Pick<ImportOptions, 'pause'> {
  readonly bucket: ImportBucket;
  /** Judges and stores events of a bureau. */
  record(events: readonly unknown[], source: string): ReturnType<ImportOptions['record']>;
  readonly log: Log;
}

/** Rejections of one part of the report: a file of nothing else must not fill the memory. */
const REPORT_PART = 5_000;

/** A file that cannot be imported as it is, however often it is tried. */
export class FileUnusable extends Error {
  override readonly name = 'FileUnusable';
}

/** A table that came to its end, and no row of which is an event by the mapping: one of the two is not as it should be. */
export class NoRowFits extends Error {
  override readonly name = 'NoRowFits';
}

/**
 * Imports a dropped file, or what was left of one, until it is done, the time is up or something fails. Where it came
 * forward and not to the end, it leaves word where to go on, which begins the next run. Lines that were refused stand in a
 * report beside.
 *
 * @param isTimeUp asked after each step, and before waiting for a register that does not answer; a step takes seconds.
 * @throws FileUnusable, NoRowFits, and whatever the bucket or the register throws, when nothing was done: the order can be carried
 * out again from its beginning without harm.
 */
export async function importFile(
  order: ImportOrder,
  dependencies: ImportDependencies,
  isTimeUp: () => boolean,
): Promise<void> {
  const { bucket, record, pause, log } = dependencies;
  const { line: begin, ...file } =
    order.kind === 'file' ? { ...order, line: 0 } : await readContinuation(bucket, order);
  const lines = await openFile(bucket, file);
  const isTable = isTableName(file.key);
  let read = 0;
  let eventless = noEventless;
  const counts = { applied: 0, duplicate: 0, rejected: 0 };
  let line = begin;
  let finished = true;
  let held: RejectedEvent[] = [];
  let heldFrom = begin;
  const report = async () => {
    if (held.length > 0) await bucket.write(namesFor(file, heldFrom).report, linesOfJson(held));
    held = [];
    heldFrom = line;
  };
  const steps = importEvents(lines, {
    skipLines: begin,
    language: languages[0],
    pause: async (attempt) => {
      if (isTimeUp()) throw new ImportInterrupted('The register did not answer until the time was up.');
      await pause(attempt);
    },
    record: (events) => record(events, file.source),
  });
  let errorName: string | undefined;
  try {
    for await (const step of steps) {
      line = step.line;
      read += step.lines;
      eventless = addEventless(eventless, step.eventless);
      counts.applied += step.applied;
      counts.duplicate += step.duplicate;
      counts.rejected += step.rejected.length;
      held.push(...step.rejected);
      if (held.length >= REPORT_PART) await report();
      if (isTimeUp()) {
        finished = false;
        break;
      }
    }
  } catch (error) {
    // Only a run that does not come forward fails, and so in the end goes to the dead letters: a long file must not be
    // gone through from its beginning because of what happened near its end.
    if (line === begin) throw error;
    finished = false;
    errorName = namesOf(error);
  }
  // Not of what was left of a table: the rows before may have fitted.
  if (isTable && finished && begin === 0 && read > 0 && eventless.count === read) throw new NoRowFits();
  await report();
  // Last: once the word is there, the next run begins.
  if (!finished) {
    const { source, key, versionId } = file;
    const continuation: Continuation = { source, key, versionId, line };
    await bucket.write(namesFor(file, begin).continuation, JSON.stringify(continuation));
  }
  log.write('fileImported', {
    source: file.source,
    lines: read,
    ...counts,
    ...(isTable && { eventless: eventless.count, eventlessLines: eventless.first }),
    finished,
    errorName,
  });
}

function linesOfJson(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

async function readContinuation(
  bucket: ImportBucket,
  { key }: Extract<ImportOrder, { kind: 'continuation' }>,
): Promise<Continuation> {
  const text = await readText(bucket, key);
  if (text === null) throw new FileUnusable('The word where to go on is not there.');
  return continuationSchema.parse(JSON.parse(text));
}

async function openFile(bucket: ImportBucket, file: DroppedFile): Promise<AsyncIterable<ImportLine>> {
  // Before the file: a connection that is open is to be read from.
  const mapping = isTableName(file.key) ? await readMapping(bucket, file.source) : null;
  const chunks = await bucket.read(file.key, file.versionId);
  if (chunks === null) throw new FileUnusable('The file is not there.');
  return mapping === null ? readNdjson(chunks) : readCsv(chunks, mapping);
}

function isTableName(key: string): boolean {
  return /\.csv$/i.test(key);
}

async function readMapping(bucket: ImportBucket, source: string): Promise<CsvMapping> {
  const text = await readText(bucket, mappingName(source));
  if (text === null) throw new FileUnusable('There is no mapping for the tables of this bureau.');
  return csvMapping.parse(JSON.parse(text));
}
