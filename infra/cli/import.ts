import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse as parseYaml } from 'yaml';
import { type CsvMapping, csvMapping } from '../../functions/import/csv-mapping.ts';
import { addEventless, ImportInterrupted, importEvents } from '../../functions/import/import-events.ts';
import { CsvUnreadable, readCsv } from '../../functions/import/read-csv.ts';
import { readNdjson } from '../../functions/import/read-ndjson.ts';
import { type Language, languages } from '../../shared/contract/language.ts';
import { bureau, bureauNames } from '../../shared/contract/registry/source.ts';
import { englishIssues, issueText } from '../../shared/domain/issues/english-issues.ts';
import { CommandError } from '../command-error.ts';
import { localDataDirectory } from '../local/data-files.ts';
import { eventRecorder } from '../local/event-recorder.ts';
import { beginning, type Checkpoint, CheckpointFile, type ImportIdentity } from './import/checkpoint.ts';
import { RejectionReport } from './import/rejection-report.ts';
import { languageNamed } from './language-named.ts';
import { type OpenRegister, registerHelp, withRegister } from './open-register.ts';
import { misused, parseCommandLine } from './parse-command-line.ts';
import { showProgress } from './progress.ts';
import { runCommand } from './run-command.ts';

const usage = `Usage: npm run import -- --source <bureau> [options] [file]

Brings events of a bureau into the register: one JSON object a line, as POST /v1/registry/events takes them,
or a table with a mapping (docs/importing.md). Without a file, standard input is read.

  --source <bureau>    whose events they are:
                       ${bureauNames.join(', ')}
  --mapping <file>     the file is a table (CSV), and this says how its lines become events
  --report <file>      where rejected lines are listed (default <file>.rejected.ndjson)
  --restart            begin at the first line, also where an import of this file was interrupted
  --lang <language>    ${languages.join(' or ')}: language of the report (default ${languages[0]})

It may be interrupted or killed at any point: the same command goes on where it was, and what is stored
already is a duplicate that changes nothing. Exit code 0: all is stored, of a table all that the mapping makes
events of (it says how many rows fit none, and which come first); 2: some lines were rejected; 1: it stopped
before the end, or no row of the table fits the mapping.

  --data <dir>         the folder that npm start was given (default .local)

${registerHelp}`;

await runCommand(main);

async function main(): Promise<void> {
  const command = commandLine();
  if (command === null) return console.log(usage);
  const mapping = command.mapping === null ? null : await readMapping(command.mapping);
  await withRegister((register) => importInto(register, command, mapping), process.env, command.data);
}

async function importInto(
  register: OpenRegister,
  { input, source, language, report: reportPath, restart, data }: ImportCommand,
  mapping: CsvMapping | null,
): Promise<void> {
  const checkpoints =
    input === null ? null : await checkpointsOf(input, { source, mapping, database: register.place }, data);
  if (restart) await checkpoints?.remove();
  const begin = (await checkpoints?.read()) ?? beginning;
  if (begin.line > 0) console.error(`Going on after line ${begin.line}.`);
  if (begin.reportBytes === 0) await rm(reportPath, { force: true });

  const record = eventRecorder(register);
  const report = new RejectionReport(reportPath, begin.reportBytes);
  const stream = input === null ? process.stdin : createReadStream(input);
  let done: Checkpoint = begin;
  const progress = showProgress({
    of: input === null ? null : (await stat(input)).size,
    unit: input === null ? 'lines' : 'bytes',
    now: () => ('bytesRead' in stream && input !== null ? stream.bytesRead : done.line),
  });
  try {
    const steps = importEvents(mapping === null ? readNdjson(stream) : readCsv(stream, mapping), {
      skipLines: begin.line,
      language,
      record: (events) => record(events, source, language),
      pause: (attempt) => wait(200 * 2 ** attempt),
    });
    for await (const step of steps) {
      await report.add(step.rejected);
      done = {
        line: step.line,
        lines: done.lines + step.lines,
        eventless: addEventless(done.eventless, step.eventless),
        applied: done.applied + step.applied,
        duplicate: done.duplicate + step.duplicate,
        rejected: done.rejected + step.rejected.length,
        reportBytes: report.bytes,
      };
      // After the report: what a checkpoint counts is there.
      await checkpoints?.write(done);
      progress.update(done);
    }
  } catch (error) {
    throw mendable(error, done);
  } finally {
    progress.stop();
    await report.close();
  }
  await checkpoints?.remove();
  if (mapping !== null) refuseUnfit(done);
  printSummary(done, mapping !== null, reportPath);
}

function number(count: number): string {
  return count.toLocaleString('en');
}

/** A table of which nothing is an event was not meant by its mapping, whatever a mapping may leave out on purpose. */
function refuseUnfit({ lines, eventless }: Checkpoint): void {
  if (lines === 0 || eventless.count < lines) return;
  throw new CommandError(
    `Nothing is stored: none of the ${number(lines)} rows fits a "when" of the mapping (${linesNamed(eventless)}).`,
  );
}

function linesNamed({ count, first }: Checkpoint['eventless']): string {
  return `${count === 1 ? 'line' : 'lines'} ${first.join(', ')}${count > first.length ? ' …' : ''}`;
}

function printSummary(
  { line, lines, eventless, applied, duplicate, rejected }: Checkpoint,
  isTable: boolean,
  reportPath: string,
): void {
  // Lines as an editor counts them; the rows of a table without its header, and each once that has several lines.
  const read = isTable ? `${number(lines)} rows` : `${number(line)} lines`;
  console.log(
    `${read}: ${number(applied)} applied, ${number(duplicate)} there already, ${number(rejected)} rejected`,
  );
  if (isTable && eventless.count > 0) {
    console.log(
      `Not stored, for no "when" of the mapping fits: ${number(eventless.count)} rows (${linesNamed(eventless)})`,
    );
  }
  if (rejected === 0) return;
  console.log(`The rejected lines, with reasons: ${reportPath}`);
  process.exitCode = 2;
}

function mendable(error: unknown, { line }: Checkpoint): unknown {
  if (error instanceof CsvUnreadable) return new CommandError(error.message);
  if (!(error instanceof ImportInterrupted)) return error;
  return new CommandError(
    `${error.message} Everything up to line ${line} is stored; the same command goes on there.`,
  );
}

interface ImportCommand {
  /** An absolute path; null: standard input. */
  readonly input: string | null;
  readonly source: string;
  readonly mapping: string | null;
  readonly report: string;
  readonly restart: boolean;
  readonly language: Language;
  /** The folder of this machine's data. */
  readonly data: string;
}

function commandLine(): ImportCommand | null {
  const { values, positionals } = parsed();
  if (values.help) return null;
  if (positionals.length > 1) throw misused('import', 'Name one file.');
  const source = bureau.safeParse(values.source);
  if (!source.success) {
    const said = values.source === undefined ? '' : `There is no bureau ${values.source}. `;
    throw misused('import', `${said}Say whose events they are, with --source: ${bureauNames.join(' | ')}.`);
  }
  const [file = '-'] = positionals;
  return {
    input: file === '-' ? null : resolve(file),
    source: source.data,
    mapping: values.mapping ?? null,
    report: resolve(values.report ?? (file === '-' ? 'rejected.ndjson' : `${file}.rejected.ndjson`)),
    restart: values.restart,
    language: languageNamed(values.lang),
    data: resolve(values.data),
  };
}

function parsed() {
  return parseCommandLine('import', {
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      mapping: { type: 'string' },
      report: { type: 'string' },
      restart: { type: 'boolean', default: false },
      data: { type: 'string', default: localDataDirectory },
      lang: { type: 'string', default: languages[0] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

async function checkpointsOf(
  file: string,
  of: Pick<ImportIdentity, 'source' | 'mapping' | 'database'>,
  data: string,
): Promise<CheckpointFile> {
  try {
    const { size: bytes, mtimeMs: modifiedAt } = await stat(file);
    return new CheckpointFile(join(data, 'imports'), {
      file,
      bytes,
      modifiedAt,
      ...of,
    });
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

async function readMapping(file: string): Promise<CsvMapping> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  const result = csvMapping.safeParse(yamlIn(text, file), englishIssues);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${basename(file)}: ${issueText(issue)}`);
  throw new CommandError(faults.join('\n'));
}

function yamlIn(text: string, file: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw new CommandError(`${basename(file)}: ${(error as Error).message.split('\n')[0]}`);
  }
}
