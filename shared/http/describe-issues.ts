import type * as z from 'zod/mini';
import { type FieldErrorCode, fieldErrorDetail, fieldErrors } from '../contract/field-errors.ts';
import type { Language } from '../contract/language.ts';
import { childPointer, pointerTo } from '../json/pointer.ts';

type Issue = z.core.$ZodIssue;

/** One thing a schema objects to, ready to be worded in any language; holds nothing that was sent. */
export interface Fault {
  readonly pointer: string;
  readonly code: FieldErrorCode;
  readonly values?: Readonly<Record<string, string | number>>;
}

/**
 * What a schema's issues mean to the caller: one fault a place, in the order of the schema.
 *
 * @param input what was checked, to tell what is absent from what is wrong.
 * @param root the pointer of `input` itself.
 */
export function describeIssues(issues: readonly Issue[], input: unknown, root: string): Fault[] {
  const faults = issues.flatMap((issue) => faultsOf(issue, input, root));
  const seen = new Set<string>();
  // Two checks of one string (its form, its range) are one fault to whoever sent it.
  return faults.filter(({ pointer, code }) => {
    const key = `${pointer} ${code}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The words of a fault. */
export function wordFault({ pointer, code, values }: Fault, language: Language) {
  return { pointer, code, detail: fieldErrorDetail(code, language, values) };
}

function faultsOf(issue: Issue, input: unknown, root: string): Fault[] {
  const value = valueAt(input, issue.path);
  const pointer = pointerTo(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: childPointer(pointer, key), code: 'unknown-field' }));
  }
  if (value === undefined) return [{ pointer, code: 'required' }];
  if (issue.code === 'invalid_union') {
    // A choice by one member, and what that member says is none of the choices.
    if ('options' in issue) {
      return [{ pointer, code: 'not-allowed-value', values: { allowed: issue.options.join(', ') } }];
    }
    const closest = closestBranch(issue.errors);
    return closest.flatMap((inner) => faultsOf(inner, value, pointer));
  }
  // A check of the contract may name its own code; zod's own sentences are never one.
  if (Object.hasOwn(fieldErrors, issue.message)) return [{ pointer, code: issue.message as FieldErrorCode }];
  return [{ pointer, ...describe(issue) }];
}

function describe(issue: Issue): Omit<Fault, 'pointer'> {
  switch (issue.code) {
    case 'invalid_type':
      return {
        code: 'wrong-type',
        values: { expected: issue.expected === 'int' ? 'integer' : issue.expected },
      };
    case 'invalid_value':
      return { code: 'not-allowed-value', values: { allowed: issue.values.join(', ') } };
    case 'too_small':
      return issue.origin === 'array'
        ? { code: 'too-few-items', values: { minimum: Number(issue.minimum) } }
        : { code: 'too-small', values: { minimum: Number(issue.minimum) } };
    case 'too_big':
      return issue.origin === 'array'
        ? { code: 'too-many-items', values: { maximum: Number(issue.maximum) } }
        : { code: 'too-large', values: { maximum: Number(issue.maximum) } };
    default:
      return { code: 'bad-format' };
  }
}

/**
 * Of the alternatives of a union, the one that was meant: the first with the fewest members that are not its own, and
 * of those the one with the fewest objections.
 */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const distance = (issues: readonly Issue[]) => {
    const foreign = issues.find((issue) => issue.code === 'unrecognized_keys' && issue.path.length === 0);
    return (foreign?.code === 'unrecognized_keys' ? foreign.keys.length * 1_000_000 : 0) + issues.length;
  };
  return branches.reduce(
    (best, branch) => (distance(branch) < distance(best) ? branch : best),
    branches[0] ?? [],
  );
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const token of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[token];
  }
  return value;
}
