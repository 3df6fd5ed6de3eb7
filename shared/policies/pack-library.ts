import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type * as z from 'zod/mini';
import { englishIssues, placedFaults } from '../domain/issues/english-issues.ts';
import { type CaseFile, caseFileSchema } from '../domain/policy/case-schema.ts';
import type { Finding } from '../domain/policy/lint/finding.ts';
import { type PackFile, packFileSchema } from '../domain/policy/pack-schema.ts';

/** A YAML file and what was read from it; `value` is null when it could not be. */
export interface SourceFile<T> {
  readonly path: string;
  readonly value: T | null;
  readonly faults: readonly {
    readonly code: Finding['code'];
    readonly path: Finding['path'];
    readonly message: string;
  }[];
  /** Line and column (from 1) of a path into the file, or of the nearest part of it that is written there. */
  locate(path: Finding['path']): { readonly line: number; readonly column: number };
}

export interface PackEntry {
  readonly policy: string;
  readonly version: string;
  readonly pack: SourceFile<PackFile>;
  /** Null when the version has no cases file. */
  readonly cases: SourceFile<CaseFile> | null;
}

/** Every pack under a folder: `<policy>/<version>.yaml` beside `<version>.cases.yaml`, in order of their paths. */
export function readPackLibrary(folder: string): PackEntry[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((policy) => readPolicy(join(folder, policy), policy));
}

function readPolicy(folder: string, policy: string): PackEntry[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return names
    .filter((name) => !name.endsWith('.cases.yaml'))
    .map((name) => {
      const version = name.slice(0, -'.yaml'.length);
      const casesName = `${version}.cases.yaml`;
      return {
        policy,
        version,
        pack: readSourceFile(join(folder, name), packFileSchema),
        cases: names.includes(casesName) ? readSourceFile(join(folder, casesName), caseFileSchema) : null,
      };
    });
}

function readSourceFile<T>(path: string, schema: z.ZodMiniType<T>): SourceFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, uniqueKeys: true });
  const locate = (at: Finding['path']) => {
    const { line, col } = lines.linePos(offsetOf(document, at));
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    // The first alone: what follows is mostly what the reader makes of the rest.
    const { message, pos } = document.errors[0]!;
    const faults = [{ code: 'syntax' as const, path: [], message: message.split('\n')[0]! }];
    return { path, value: null, faults, locate: () => position(lines, pos[0]) };
  }
  const result = schema.safeParse(document.toJS(), englishIssues);
  if (result.success) return { path, value: result.data, faults: [], locate };
  const faults = result.error.issues
    .flatMap(placedFaults)
    .map((fault) => ({ code: 'schema' as const, ...fault }));
  return { path, value: null, faults, locate };
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Where the deepest part of a path that the document has begins: the key of an entry, or the element of a list. */
function offsetOf(document: Document, path: Finding['path']): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!isPair(pair)) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
