import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import type { Evaluation } from '../../shared/contract/evaluation/response.ts';
import { languages } from '../../shared/contract/language.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { readPacks } from '../local/read-packs.ts';
import { policiesDirectory } from '../policies-directory.ts';
import { evaluateFacts } from './evaluate-facts.ts';
import { evaluationTable } from './evaluation-table.ts';
import { type Place, placeOfPointer, placeOfSyntaxError } from './json-place.ts';
import { languageNamed } from './language-named.ts';
import type { ResultOutput } from './output.ts';
import { misused, parseCommandLine } from './parse-command-line.ts';

const usage = `Usage: npm run evaluate -- [options] [file]

Says which services a resident can get, under the policies of shared/policies; no server is needed.
The file holds a resident, or a whole body of POST /v1/evaluations; without one, standard input is read.

  --as-of <date>       the day to answer for (default: today in Shanghai)
  --service <code>     only this service; may be repeated
  --policy <id>        another policy than the default one
  --lang <language>    ${languages.join(' or ')} (default ${languages[0]})
  --json               the answer of the API instead of a table
  --policies <dir>     other policy packs than those of shared/policies`;

/** What is to be answered, as text, and how to name it to the person who wrote it. */
interface Input {
  readonly name: string;
  readonly text: string;
}

/** Where a person reads the answer. */
export interface Terminal extends ResultOutput {
  /** What stands on standard input, to its end. */
  input(): string;
  /** The width of a line, in characters. */
  readonly columns: number;
  readonly colors: Colors;
}

/**
 * What `npm run evaluate` does.
 *
 * @throws CommandError for what cannot be answered, by its place in the input.
 */
export async function evaluateCommand(
  args: readonly string[],
  environment: Environment,
  terminal: Terminal,
): Promise<void> {
  const { values: options, positionals } = commandLine(args);
  if (options.help) return terminal.log(usage);
  const language = languageNamed(options.lang);
  const input = readInput(positionals, terminal);
  const given = { asOf: options['as-of'], services: options.service, policy: options.policy };
  const { body, root } = requestBody(input, {
    ...given,
    // The table shows what decides; everything else would only hide it.
    explain: options.json ? undefined : 'summary',
  });
  const { histories } = readPacks(options.policies);
  const answer = await evaluateFacts(body, histories, environment.DEFAULT_POLICY, language);
  if (!answer.ok) {
    const { detail, errors } = answer.problem;
    if (errors.length === 0) throw new CommandError(`${input.name}: ${detail}`);
    const lines = errors.map((error) => {
      const option = optionAt(error.pointer, given);
      if (option !== null) return `${option}: ${error.detail}`;
      const pointer = error.pointer.startsWith(root) ? error.pointer.slice(root.length) : error.pointer;
      return at(input, placeOfPointer(input.text, pointer), `${pointer} ${error.detail}`.trim());
    });
    throw new CommandError(lines.join('\n'));
  }
  if (options.json) return terminal.log(answer.json);
  const evaluation = JSON.parse(answer.json) as Evaluation;
  terminal.log(evaluationTable(evaluation, language, terminal.columns, terminal.colors));
}

/** What the command line adds to a body. */
interface GivenOptions {
  readonly asOf: string | undefined;
  readonly services: readonly string[] | undefined;
  readonly policy: string | undefined;
}

/** The option that put in what a pointer names; null where that stands in the input. */
function optionAt(pointer: string, { asOf, services, policy }: GivenOptions): string | null {
  const [, member, index] = pointer.split('/');
  if (member === 'asOf' && asOf !== undefined) return `--as-of ${asOf}`;
  if (member === 'policy' && policy !== undefined) return `--policy ${policy}`;
  if (member === 'services' && services !== undefined) return `--service ${services[Number(index)] ?? ''}`;
  return null;
}

function commandLine(args: readonly string[]) {
  return parseCommandLine('evaluate', {
    args: [...args],
    allowPositionals: true,
    options: {
      'as-of': { type: 'string' },
      service: { type: 'string', multiple: true },
      policy: { type: 'string' },
      lang: { type: 'string', default: languages[0] },
      json: { type: 'boolean', default: false },
      policies: { type: 'string', default: policiesDirectory },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function readInput(positionals: readonly string[], terminal: Terminal): Input {
  const [file = '-', ...rest] = positionals;
  if (rest.length > 0) throw misused('evaluate', 'Name one file.');
  if (file === '-') return { name: 'stdin', text: terminal.input() };
  const name = relative(process.cwd(), file) || file;
  try {
    return { name, text: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new CommandError(`${name} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/**
 * The body to send. What the input says is left to the API to check; only what the command line adds is put in.
 *
 * @returns `root`: the pointer to the input inside the body.
 */
function requestBody(
  input: Input,
  given: Readonly<Record<string, string | readonly string[] | undefined>>,
): { body: string; root: string } {
  const added = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  let value: unknown;
  try {
    value = JSON.parse(input.text);
  } catch {
    const place = placeOfSyntaxError(input.text);
    throw new CommandError(at(input, place, 'This is not valid JSON.'));
  }
  if (value === null || typeof value !== 'object' || !('resident' in value)) {
    const members = Object.entries(added).map(([name, member]) => `"${name}":${JSON.stringify(member)}`);
    // The text itself, so that what a parser would smooth over is still seen.
    return { body: `{${[...members, `"resident":${input.text}`].join(',')}}`, root: '/resident' };
  }
  if (Object.keys(added).length === 0) return { body: input.text, root: '' };
  return { body: JSON.stringify({ ...value, ...added }), root: '' };
}

function at({ name }: Input, place: Place | null, message: string): string {
  return place === null ? `${name}: ${message}` : `${name}:${place.line}:${place.column} ${message}`;
}
