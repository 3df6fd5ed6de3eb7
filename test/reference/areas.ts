import { type Answer, MET, UNMET, unknown } from './kleene.ts';

/**
 * Area codes. `5101*` in a pack stands for every code that begins so. A code that ends in `00` names a whole
 * prefecture or province: it may stand for any area below it.
 */

/** The beginning that every area within a coarse code shares; null for a code that is not coarse. */
function beginningOfCoarse(code: string): string | null {
  if (!code.endsWith('00')) return null;
  let beginning = code;
  while (beginning.endsWith('00')) beginning = beginning.slice(0, -2);
  return beginning;
}

const matches = (code: string, pattern: string) =>
  pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern;

/** Whether some area that `code` may stand for is one that `pattern` names. */
function mayMatch(code: string, pattern: string): boolean {
  const beginning = beginningOfCoarse(code);
  if (beginning === null) return matches(code, pattern);
  return matches(code, pattern) || pattern.startsWith(beginning);
}

export function inSet(code: string, patterns: readonly string[]): Answer {
  if (patterns.some((pattern) => matches(code, pattern))) return MET;
  if (patterns.some((pattern) => mayMatch(code, pattern))) return unknown('missing');
  return UNMET;
}

function mayBeTheSame(left: string, right: string): boolean {
  const [leftBeginning, rightBeginning] = [beginningOfCoarse(left), beginningOfCoarse(right)];
  return (
    left === right ||
    (leftBeginning !== null && right.startsWith(leftBeginning)) ||
    (rightBeginning !== null && left.startsWith(rightBeginning))
  );
}

/** Whether two areas are one unit: the same area, or both in one group. Two people of one city need not be neighbours. */
export function sameUnit(left: string, right: string, groups: readonly (readonly string[])[]): Answer {
  if (left === right && beginningOfCoarse(left) === null) return MET;
  const [leftIn, rightIn] = [left, right].map((code) => groups.map((group) => inSet(code, group).outcome));
  if (groups.some((_, index) => leftIn![index] === 'met' && rightIn![index] === 'met')) return MET;
  if (groups.some((_, index) => leftIn![index] !== 'unmet' && rightIn![index] !== 'unmet')) {
    return unknown('missing');
  }
  return mayBeTheSame(left, right) ? unknown('missing') : UNMET;
}
