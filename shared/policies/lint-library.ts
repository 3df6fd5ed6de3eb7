import { resident } from '../contract/resident/resident.ts';
import { englishIssues, placedFaults } from '../domain/issues/english-issues.ts';
import { lintCases } from '../domain/policy/lint/lint-cases.ts';
import { lintStructure } from '../domain/policy/lint/lint-structure.ts';
import { lintVersions } from '../domain/policy/lint/lint-versions.ts';
import type { ReadResident } from '../domain/policy/lint/run-case.ts';
import type { PackFile } from '../domain/policy/pack-schema.ts';
import { type CompiledLibrary, type LocatedFinding, located } from './compile-library.ts';
import type { PackEntry } from './pack-library.ts';

/**
 * What is wrong with the packs of a library: what kept them from being compiled, and what the lint and their cases find.
 *
 * @param only limits what is reported to some of its files.
 */
export function lintLibrary(
  { library, compiled, faults, histories }: CompiledLibrary,
  only?: ReadonlySet<string>,
): LocatedFinding[] {
  const wanted = ({ entry }: { readonly entry: PackEntry }) =>
    only === undefined || only.has(entry.pack.path);
  const findings = faults.filter(wanted).flatMap((ofEntry) => ofEntry.faults);
  for (const { entry, policy } of compiled.filter(wanted)) {
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
  return findings;
}

const readCaseResident: ReadResident = (value) => {
  const result = resident.safeParse(value, englishIssues);
  if (result.success) return { resident: result.data };
  return { faults: result.error.issues.flatMap(placedFaults) };
};
