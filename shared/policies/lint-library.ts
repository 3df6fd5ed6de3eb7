import * as z from 'zod/mini';
import { resident } from '../contract/resident/resident.ts';
import { englishIssues, issueText } from '../domain/issues/english-issues.ts';
import { compilePolicy } from '../domain/policy/compile.ts';
import type { CompiledPolicy } from '../domain/policy/compiled-policy.ts';
import { InvalidPack } from '../domain/policy/invalid-pack.ts';
import type { Finding } from '../domain/policy/lint/finding.ts';
import { lintCases } from '../domain/policy/lint/lint-cases.ts';
import { lintStructure } from '../domain/policy/lint/lint-structure.ts';
import { lintVersions } from '../domain/policy/lint/lint-versions.ts';
import type { ReadResident } from '../domain/policy/lint/run-case.ts';
import type { PackFile } from '../domain/policy/pack-schema.ts';
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

export interface LintedLibrary {
  readonly compiled: readonly CompiledEntry[];
  readonly findings: readonly LocatedFinding[];
  /** Versions of each policy that could be compiled. */
  readonly histories: ReadonlyMap<string, PolicyHistory>;
}

/** Lints every pack of a library and runs its cases; `only` limits what is reported to some of its files. */
export function lintLibrary(library: readonly PackEntry[], only?: ReadonlySet<string>): LintedLibrary {
  const findings: LocatedFinding[] = [];
  const wanted = (entry: PackEntry) => only === undefined || only.has(entry.pack.path);
  const compiled = library.flatMap((entry): CompiledEntry[] => {
    const { policy, findings: faults } = compileEntry(entry, library);
    if (wanted(entry)) findings.push(...faults);
    return policy === null ? [] : [{ entry, policy }];
  });
  const histories = new Map<string, PolicyHistory>();
  for (const id of new Set(compiled.map(({ entry }) => entry.policy))) {
    const versions = compiled.filter(({ entry }) => entry.policy === id).map(({ policy }) => policy);
    histories.set(id, policyHistory(id, versions));
  }
  for (const { entry, policy } of compiled.filter(({ entry }) => wanted(entry))) {
    const file = entry.pack.value as PackFile;
    const versions = library
      .filter((other) => other.policy === entry.policy)
      .flatMap(({ pack }) => pack.value ?? []);
    const own = [...lintStructure(file, policy), ...lintVersions(file, versions)];
    if (entry.cases === null) {
      own.push({
        in: 'pack',
        path: [],
        code: 'no-cases',
        message: `has no ${entry.version}.cases.yaml beside it`,
      });
    } else if (entry.cases.value !== null) {
      own.push(...lintCases(file, policy, histories.get(entry.policy)!, entry.cases.value, readCaseResident));
    }
    findings.push(...own.map((finding) => located(entry, finding)));
  }
  return { compiled, findings, histories };
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

function located({ pack, cases }: PackEntry, finding: Finding): LocatedFinding {
  const file = finding.in === 'pack' ? pack : cases!;
  return { file: file.path, ...file.locate(finding.path), code: finding.code, message: finding.message };
}

const readCaseResident: ReadResident = (value) => {
  const result = resident.safeParse(value, englishIssues);
  if (result.success) return { resident: result.data };
  return { faults: result.error.issues.map(issueText) };
};
