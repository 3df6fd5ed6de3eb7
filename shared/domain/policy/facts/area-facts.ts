import type { PlaceMembership } from '../../insurance/insurance-count.ts';
import type { AreaSet, AreaUnits } from '../areas.ts';
import type { ResidentLife } from '../resident-life.ts';
import type { CompiledFact } from './compiled-fact.ts';
import { EXACT, type FactVector, setExact, setUnknown } from './fact-vector.ts';
import { groupAndKey } from './plain-fact.ts';
import { insideText, sameAreaText } from './value-text.ts';

/** The area code that a fact gives, or null. */
function areaOf(path: string): (life: ResidentLife) => string | null {
  if (path === 'permit.areaCode') return (life) => life.permitArea;
  if (path === 'residence.areaCode') return (life) => life.residenceArea;
  const [group, key] = groupAndKey(path);
  return (life) => {
    const part = (life.resident as Record<string, unknown>)[group] as Record<string, unknown> | undefined;
    const code = part?.[key ?? ''];
    return typeof code === 'string' ? code : null;
  };
}

function setMembership(
  vector: FactVector,
  index: number,
  membership: PlaceMembership,
  life: ResidentLife,
  group: string,
): void {
  if (membership === 'unknown') setUnknown(vector, index, life, group);
  else setExact(vector, index, membership === 'in' ? 1 : 0);
}

/** Inside, as nothing says otherwise: met like what is inside, and yet nothing anybody has found. */
const TAKEN_TO_BE_INSIDE = 2;
/** The values of the fact that are inside, as bits. */
export const INSIDE_VALUES = (1 << 1) | (1 << TAKEN_TO_BE_INSIDE);

/** Whether an area lies in a set of areas; `whenAbsent` is the answer where none is given. */
export function areaInSetFact(
  path: string,
  name: string,
  set: AreaSet,
  whenAbsent: 'in' | 'unknown',
): CompiledFact {
  const codeOf = areaOf(path);
  const [group] = groupAndKey(path);
  const membership = (life: ResidentLife): PlaceMembership => {
    const code = codeOf(life);
    return code === null ? whenAbsent : set.membership(code);
  };
  return {
    key: `${path} in ${name}${whenAbsent === 'in' ? ' or absent' : ''}`,
    inputs: [path],
    step: 0,
    changes: null,
    read: (life, _day, vector, index) => {
      if (whenAbsent === 'in' && codeOf(life) === null) setExact(vector, index, TAKEN_TO_BE_INSIDE);
      else setMembership(vector, index, membership(life), life, group);
    },
    missing: (life) => (membership(life) === 'unknown' ? [path] : []),
    text(vector, index, language) {
      const isKnown = vector.state[index] === EXACT && vector.low[index] !== TAKEN_TO_BE_INSIDE;
      return isKnown ? insideText(vector.low[index]!, language) : null;
    },
  };
}

/** Whether two areas belong to one unit. */
export function sameAreaFact(paths: readonly [string, string], name: string, units: AreaUnits): CompiledFact {
  const codesOf = [areaOf(paths[0]), areaOf(paths[1])] as const;
  const membership = (life: ResidentLife): PlaceMembership => {
    const [a, b] = [codesOf[0](life), codesOf[1](life)];
    return a === null || b === null ? 'unknown' : units.membership(a, b);
  };
  return {
    key: `${paths[0]} with ${paths[1]} in ${name}`,
    inputs: paths,
    step: 0,
    changes: null,
    read: (life, _day, vector, index) => {
      const absent = codesOf[0](life) === null ? paths[0] : paths[1];
      setMembership(vector, index, membership(life), life, groupAndKey(absent)[0]);
    },
    missing(life) {
      if (membership(life) !== 'unknown') return [];
      const absent = paths.filter((_, index) => codesOf[index as 0 | 1](life) === null);
      return absent.length > 0 ? absent : paths;
    },
    text: (vector, index, language) =>
      vector.state[index] === EXACT ? sameAreaText(vector.low[index]!, language) : null,
  };
}
