import type { Language } from '../../shared/contract/language.ts';
import { wordFault } from '../../shared/http/describe-issues.ts';
import type { RecordedEvent } from '../record-events/record-events.ts';
import type { ColumnOf, ImportLine, ReadEvent } from './import-line.ts';

/** Events of one step: enough to keep several transactions in flight, few enough to be done again after a kill. */
const STEP_EVENTS = 1_000;

/** An event that was not taken, for the report. Holds nothing the bureau wrote but its own id of the event. */
export interface RejectedEvent {
  readonly line: number;
  readonly eventId: string | null;
  readonly errors: readonly {
    readonly pointer: string;
    /** The column of the table that the place comes from, where there is one. */
    readonly column?: string;
    readonly code: string;
    readonly detail: string;
  }[];
}

/** Lines that hold no event: of a table, rows that no `when` of the mapping fits; else empty lines. */
export interface Eventless {
  readonly count: number;
  /** The numbers of the first few. */
  readonly first: readonly number[];
}

/** As many are named as a person needs to see what they have in common. */
const NAMED_LINES = 5;

export const noEventless: Eventless = { count: 0, first: [] };

/** Those of both, in their order. */
export function addEventless(before: Eventless, after: Eventless): Eventless {
  return {
    count: before.count + after.count,
    first: [...before.first, ...after.first].slice(0, NAMED_LINES),
  };
}

/** How far an import has come: everything up to `line`, inclusive, is done for good. */
export interface ImportStep {
  readonly line: number;
  /** How many lines were read in this step; of a table, rows, of which its header is none. */
  readonly lines: number;
  readonly eventless: Eventless;
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: readonly RejectedEvent[];
}

/** The register did not take events for a fault of its own, and went on not to; what was before them is done. */
export class ImportInterrupted extends Error {
  override readonly name = 'ImportInterrupted';
}

type ImportedEvent = Pick<RecordedEvent, 'eventId' | 'outcome' | 'errors'>;

export interface ImportOptions {
  /** Lines up to this one, inclusive, were done before. */
  readonly skipLines: number;
  readonly language: Language;
  /** Judges and stores events; an outcome each, in their order, with pointers into the event itself. */
  record(events: readonly unknown[]): Promise<readonly ImportedEvent[]>;
  /** Waits before what failed is tried again; the number of the try, from 1. Not returning stops the import. */
  pause(attempt: number): Promise<void>;
}

/** How often a step is tried in all while the register does not answer. */
const ATTEMPTS = 6;

/** What was read of the lines of one step. */
interface Read {
  readonly sent: Sent[];
  readonly rejected: RejectedEvent[];
  lines: number;
  eventless: Eventless;
}

interface Sent {
  readonly line: number;
  readonly columnOf: ColumnOf;
  readonly value: unknown;
}

/**
 * Imports the events of a file step by step. What was stored stays stored whenever this ends; done again, it changes
 * nothing. So it may be killed at any point and begun again after the last step that was told.
 *
 * @throws ImportInterrupted
 */
export async function* importEvents(
  lines: AsyncIterable<ImportLine>,
  options: ImportOptions,
): AsyncGenerator<ImportStep> {
  let step = nothingRead();
  let last = options.skipLines;
  for await (const { line, read } of lines) {
    if (line <= options.skipLines) continue;
    if (step.sent.length + step.rejected.length + step.eventless.count >= STEP_EVENTS) {
      yield await finishStep(last, step, options);
      step = nothingRead();
    }
    const events = read();
    for (const event of events) {
      if (event.faults === undefined)
        step.sent.push({ line, value: event.value, columnOf: event.columnOf ?? noColumn });
      else step.rejected.push(unreadable(line, event, options.language));
    }
    if (events.length === 0) step.eventless = addEventless(step.eventless, { count: 1, first: [line] });
    step.lines++;
    last = line;
  }
  if (last > options.skipLines) yield await finishStep(last, step, options);
}

function nothingRead(): Read {
  return { sent: [], rejected: [], lines: 0, eventless: noEventless };
}

const noColumn: ColumnOf = () => null;

async function finishStep(
  line: number,
  { sent, rejected: unread, lines, eventless }: Read,
  options: ImportOptions,
): Promise<ImportStep> {
  const outcomes = await recordAll(sent, options);
  const count = (wanted: RecordedEvent['outcome']) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  const refused = sent.flatMap((event, index) => {
    const outcome = outcomes[index]!;
    return outcome.outcome === 'rejected' ? [rejection(event, outcome)] : [];
  });
  return {
    line,
    lines,
    eventless,
    applied: count('applied'),
    duplicate: count('duplicate'),
    rejected: [...unread, ...refused].sort((a, b) => a.line - b.line),
  };
}

/** Sends what failed for a fault of the register again, until nothing does. */
async function recordAll(sent: readonly Sent[], { record, pause }: ImportOptions): Promise<ImportedEvent[]> {
  const outcomes: ImportedEvent[] = [];
  let open = sent.map((_, index) => index);
  for (let attempt = 1; open.length > 0; attempt++) {
    const answers = await record(open.map((index) => sent[index]!.value));
    open.forEach((index, position) => {
      outcomes[index] = answers[position]!;
    });
    open = open.filter((index) => outcomes[index]!.outcome === 'failed');
    if (open.length === 0) break;
    if (attempt === ATTEMPTS) throw new ImportInterrupted('The register does not answer.');
    await pause(attempt);
  }
  return outcomes;
}

function unreadable(
  line: number,
  { faults = [] }: Extract<ReadEvent, { faults: object }>,
  language: Language,
): RejectedEvent {
  return { line, eventId: null, errors: faults.map((fault) => wordFault(fault, language)) };
}

function rejection({ line, columnOf }: Sent, { eventId, errors }: ImportedEvent): RejectedEvent {
  return {
    line,
    eventId,
    errors: errors.map((error) => {
      const column = columnOf(error.pointer);
      return column === null ? error : { ...error, column };
    }),
  };
}
