import * as z from 'zod/mini';
import { compilePolicy } from '../domain/policy/compile.ts';
import type { CompiledPolicy } from '../domain/policy/compiled-policy.ts';
import { InvalidPack } from '../domain/policy/invalid-pack.ts';
import type { Finding } from '../domain/policy/lint/finding.ts';
import { type PolicyHistory, policyHistory } from '../domain/policy/policy-history.ts';
import { resolvePack, UnresolvedPack } from '../domain/policy/resolve-pack.ts';
import type { PackEntry } from './pack-library.ts';

/** A finding with the file it is about and its place there, lines and columns from 1. */
export interface LocatedFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: Finding['code'];
  readonly message: string;
}

/** A version that could be compiled. */
export interface CompiledEntry {
  readonly entry: PackEntry;
  readonly policy: CompiledPolicy;
}

interface FaultsOfEntry {
  readonly entry: PackEntry;
  readonly faults: readonly LocatedFinding[];
}

export interface CompiledLibrary {
  readonly library: readonly PackEntry[];
  readonly compiled: readonly CompiledEntry[];
  /** What is wrong with versions that could not be compiled, and with files that could not be read. */
  readonly faults: readonly FaultsOfEntry[];
  /** Versions of each policy that could be compiled. */
  readonly histories: ReadonlyMap<string, PolicyHistory>;
}

/** Compiles every version of a library that can be compiled. */
export function compileLibrary(library: readonly PackEntry[]): CompiledLibrary {
  const compiled: CompiledEntry[] = [];
  const faults: FaultsOfEntry[] = [];
  for (const entry of library) {
    const { policy, findings } = compileEntry(entry, library);
    faults.push({ entry, faults: findings });
    if (policy !== null) compiled.push({ entry, policy });
  }
  const histories = new Map<string, PolicyHistory>();
  for (const id of new Set(compiled.map(({ entry }) => entry.policy))) {
    const versions = compiled.filter(({ entry }) => entry.policy === id).map(({ policy }) => policy);
    histories.set(id, policyHistory(id, versions));
  }
  return { library, compiled, faults, histories };
}

function compileEntry(
  entry: PackEntry,
  library: readonly PackEntry[],
): { policy: CompiledPolicy | null; findings: LocatedFinding[] } {
  const { pack, cases } = entry;
  const findings = [
    ...pack.faults.map((fault) => located(entry, { in: 'pack', ...fault })),
    ...(cases?.faults ?? []).map((fault) => located(entry, { in: 'cases', ...fault })),
  ];
  const report = (path: Finding['path'], code: Finding['code'], message: string) => {
    findings.push(located(entry, { in: 'pack', path, code, message }));
    return { policy: null, findings };
  };
  if (pack.value === null) return { policy: null, findings };
  if (pack.value.policy !== entry.policy || pack.value.version !== entry.version) {
    return report(
      ['version'],
      'file-name',
      `policy and version must be those of the path: ${entry.policy}/${entry.version}`,
    );
  }
  try {
    const find = (policy: string, version: string) =>
      library.find((other) => other.policy === policy && other.version === version)?.pack.value ?? null;
    return { policy: compilePolicy(resolvePack(pack.value, find)), findings };
  } catch (error) {
    if (error instanceof UnresolvedPack) return report(['extends'], 'unresolved-extends', error.message);
    if (error instanceof InvalidPack)
      return report(error.path, 'undefined-name', `${error.path.join('.')}: ${error.message}`);
    if (error instanceof z.core.$ZodError) return report(['extends'], 'schema', z.prettifyError(error));
    throw error;
  }
}

/** A finding at its place in the file it is about. */
export function located({ pack, cases }: PackEntry, finding: Finding): LocatedFinding {
  const file = finding.in === 'pack' ? pack : cases!;
  return { file: file.path, ...file.locate(finding.path), code: finding.code, message: finding.message };
}
