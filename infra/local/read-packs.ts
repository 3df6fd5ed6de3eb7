import { relative } from 'node:path';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import type { PolicyHistory } from '../../shared/domain/policy/policy-history.ts';
import { compileLibrary, type LocatedFinding } from '../../shared/policies/compile-library.ts';
import { lintLibrary } from '../../shared/policies/lint-library.ts';
import { type PackEntry, readPackLibrary } from '../../shared/policies/pack-library.ts';
import { CommandError } from '../command-error.ts';

/** A resolved pack and the file it is written in. */
export interface PackOfFile {
  readonly pack: Pack;
  /** Relative to the working directory, for people. */
  readonly file: string;
}

export interface PackFiles {
  readonly packs: readonly PackOfFile[];
  readonly histories: ReadonlyMap<string, PolicyHistory>;
  /** What the lint finds against a pack and its cases, one line a fault. */
  lint(pack: PackOfFile): string[];
}

const shownFindings = 20;

/**
 * Reads and compiles every pack under `directory`.
 *
 * @throws CommandError when there is none, or with a line for each fault when one cannot be compiled.
 */
export function readPacks(directory: string): PackFiles {
  const library = read(directory);
  const whole = compileLibrary(library);
  const { compiled, histories } = whole;
  // Runs the cases, which takes longer than all else and is only needed for what is not published yet.
  let findings: readonly LocatedFinding[] | undefined;
  const lint = () => {
    findings ??= lintLibrary(whole);
    return findings;
  };
  if (compiled.length < library.length) {
    throw new CommandError(limited(lint().map(findingLine)).join('\n'));
  }
  const entries = new Map<PackOfFile, PackEntry>(
    compiled.map(({ entry, policy }) => [{ pack: policy.pack, file: shown(entry.pack.path) }, entry]),
  );
  return {
    packs: [...entries.keys()],
    histories,
    lint(pack) {
      const entry = entries.get(pack);
      const files = [entry?.pack.path, entry?.cases?.path];
      return limited(
        lint()
          .filter(({ file }) => files.includes(file))
          .map(findingLine),
      );
    },
  };
}

/** A finding as compilers print it, so that editors and terminals can jump to it. */
export function findingLine({ file, line, column, message }: LocatedFinding): string {
  return `${shown(file)}:${line}:${column} ${message.replaceAll(/\s*\n\s*/g, '; ')}`;
}

function read(directory: string): PackEntry[] {
  let library: PackEntry[];
  try {
    library = readPackLibrary(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`The policy packs in ${shown(directory)} cannot be read: ${code}`);
  }
  if (library.length === 0) throw new CommandError(`There is no policy pack in ${shown(directory)}.`);
  return library;
}

function shown(path: string): string {
  return relative(process.cwd(), path) || '.';
}

function limited(lines: readonly string[]): string[] {
  if (lines.length <= shownFindings) return [...lines];
  return [...lines.slice(0, shownFindings), `… and ${lines.length - shownFindings} more`];
}
