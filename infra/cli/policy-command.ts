import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { packDigest } from '../../shared/domain/policy/digest.ts';
import { withLastDays } from '../../shared/domain/policy/period.ts';
import type { PolicyPointer } from '../../shared/domain/policy/policy-store.ts';
import { compileLibrary } from '../../shared/policies/compile-library.ts';
import { lintLibrary } from '../../shared/policies/lint-library.ts';
import { readPackLibrary } from '../../shared/policies/pack-library.ts';
import { DynamoPolicyStore } from '../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { localDataDirectory } from '../local/data-files.ts';
import { publishPacks } from '../local/publish-packs.ts';
import { findingLine, type PackFiles, readPacks } from '../local/read-packs.ts';
import { policiesDirectory } from '../policies-directory.ts';
import { type OpenTables, withTables } from './open-tables.ts';
import type { ResultOutput } from './output.ts';
import { misused, parseCommandLine } from './parse-command-line.ts';

const usage = `Usage: npm run policy -- <command> [file…]

  check [file…]             what the lint finds, by file, line and column
  digest [file…]            the digest each version is published under
  publish [file…]           publishes what is not published yet
  show [policy [version]]   what is published; with a version, its whole pack

  --data <dir>              where the database of this machine is kept (default .local)

Without files, all packs of shared/policies. publish and show speak to the DynamoDB that DYNAMODB_ENDPOINT
names; else, where POLICIES_TABLE (PoliciesTableName, an output of the data stack) is set, to AWS; else to
the database of npm start on this machine.`;

/**
 * What `npm run policy` does.
 *
 * @throws CommandError for what the lint finds, and when it is asked for what there is not.
 */
export async function policyCommand(
  args: readonly string[],
  environment: Environment,
  output: ResultOutput,
): Promise<void> {
  const { positionals, values } = commandLine(args);
  const [command, ...operands] = values.help ? ['help'] : positionals;
  const withStore = (use: UseStore) => withPolicyStore(environment, values.data, use);
  switch (command) {
    case 'check':
      return check(operands, output);
    case 'digest':
      return digest(operands, output);
    case 'publish':
      return publish(operands, withStore, output);
    case 'show':
      return withStore((store) => show(operands, store, output));
    case undefined:
    case 'help':
      return output.log(usage);
    default:
      throw misused('policy', `There is no command ${command}.`);
  }
}

/** @param isHere false: the environment says which database. */
type UseStore = (store: DynamoPolicyStore, isHere: boolean) => Promise<void>;

function commandLine(args: readonly string[]) {
  return parseCommandLine('policy', {
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: localDataDirectory },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function check(files: readonly string[], output: ResultOutput): void {
  let packs = 0;
  const lines: string[] = [];
  for (const [directory, wanted] of libraries(files)) {
    const library = existsSync(directory) ? readPackLibrary(directory) : [];
    packs += wanted?.size ?? library.length;
    const missing = [...(wanted ?? [])].find((file) => library.every(({ pack }) => pack.path !== file));
    if (missing !== undefined) throw notAPack(missing);
    lines.push(...lintLibrary(compileLibrary(library), wanted ?? undefined).map(findingLine));
  }
  if (lines.length > 0) throw new CommandError(lines.join('\n'));
  output.log(`${packs} ${packs === 1 ? 'pack' : 'packs'}: no fault found`);
}

function digest(files: readonly string[], output: ResultOutput): void {
  for (const { packs } of chosenPacks(files)) {
    for (const { pack, file } of packs) output.log(`${packDigest(pack)}  ${file}`);
  }
}

async function publish(
  files: readonly string[],
  withStore: (use: UseStore) => Promise<void>,
  output: ResultOutput,
): Promise<void> {
  const chosen = chosenPacks(files);
  await withStore(async (store, isHere) => {
    for (const packs of chosen) {
      const { published, alreadyPublished } = await publishPacks(packs, store);
      for (const { policy, version } of published) output.log(`published  ${policy} ${version}`);
      for (const { policy, version } of alreadyPublished) output.log(`there already  ${policy} ${version}`);
    }
    // Whoever forgot the variable must not take it for done on AWS.
    if (isHere) output.log('That was on this machine: where POLICIES_TABLE is set, it is on AWS.');
  });
}

async function show(
  [policy, version]: readonly string[],
  store: DynamoPolicyStore,
  output: ResultOutput,
): Promise<void> {
  if (policy === undefined) {
    const pointers = await store.listPointers();
    if (pointers.length === 0) output.log('Nothing is published.');
    for (const pointer of pointers) showPointer(pointer, output);
    return;
  }
  if (version === undefined) {
    const pointer = await store.readPointer(policy);
    if (pointer === null) throw new CommandError(`No policy ${policy} is published.`);
    showPointer(pointer, output);
    return;
  }
  const stored = await store.readVersion(policy, version);
  if (stored === null) throw new CommandError(`No version ${version} of policy ${policy} is published.`);
  output.log(JSON.stringify(stored.pack, null, 2));
}

function showPointer({ policy, revision, versions }: PolicyPointer, output: ResultOutput): void {
  output.log(`${policy} (revision ${revision})`);
  for (const { version, effective, digest, publishedAt } of withLastDays(versions)) {
    const period = `${effective.from} to ${effective.until ?? 'open'}`;
    output.log(`  ${version}  in force ${period}  published ${publishedAt}  ${digest}`);
  }
}

/** The folders of policies the files are in, each with the files asked about; `null`: all of them. */
function libraries(files: readonly string[]): Map<string, Set<string> | null> {
  const result = new Map<string, Set<string> | null>();
  if (files.length === 0) result.set(policiesDirectory, null);
  for (const file of files) {
    // A pack is <folder>/<policy>/<version>.yaml; its cases stand for it.
    const path = resolve(file).replace(/\.cases\.yaml$/, '.yaml');
    const directory = dirname(dirname(path));
    const wanted = result.get(directory) ?? new Set<string>();
    result.set(directory, wanted.add(join(directory, basename(dirname(path)), basename(path))));
  }
  return result;
}

/** The packs asked about, by the folder of policies they are in. */
function chosenPacks(files: readonly string[]): Pick<PackFiles, 'packs' | 'lint'>[] {
  return [...libraries(files)].map(([directory, wanted]) => {
    const { packs, lint } = readPacks(directory);
    const chosen = wanted === null ? packs : packs.filter(({ file }) => wanted.delete(resolve(file)));
    const [missing] = wanted ?? [];
    if (missing !== undefined) throw notAPack(missing);
    return { packs: chosen, lint };
  });
}

function notAPack(file: string): CommandError {
  return new CommandError(`${file} is not a pack: <folder>/<policy>/<version>.yaml`);
}

async function withPolicyStore(environment: Environment, data: string, use: UseStore): Promise<void> {
  const useOpen = ({ client, tableName, local }: OpenTables) =>
    use(new DynamoPolicyStore(client, tableName('policies')), local && !environment.DYNAMODB_ENDPOINT);
  await withTables(useOpen, ['policies'], environment, data);
}
