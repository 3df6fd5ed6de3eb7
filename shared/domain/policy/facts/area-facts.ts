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
  const membershipOf = (code: string | null): PlaceMembership =>
    code === null ? whenAbsent : set.membership(code);
  return {
    key: `${path} in ${name}${whenAbsent === 'in' ? ' or absent' : ''}`,
    inputs: [path],
    step: 0,
    changes: null,
    read: (life, _day, vector, index) => {
      const code = codeOf(life);
      if (whenAbsent === 'in' && code === null) setExact(vector, index, TAKEN_TO_BE_INSIDE);
      else setMembership(vector, index, membershipOf(code), life, group);
    },
    missing: (life) => (membershipOf(codeOf(life)) === 'unknown' ? [path] : []),
    text(vector, index, language) {
      const isKnown = vector.state[index] === EXACT && vector.low[index] !== TAKEN_TO_BE_INSIDE;
      return isKnown ? insideText(vector.low[index]!, language) : null;
    },
  };
}

/** Whether two areas belong to one unit. */
export function sameAreaFact(paths: readonly [string, string], name: string, units: AreaUnits): CompiledFact {
  const [areaOfOne, areaOfOther] = [areaOf(paths[0]), areaOf(paths[1])];
  const [[groupOfOne], [groupOfOther]] = [groupAndKey(paths[0]), groupAndKey(paths[1])];
  const membershipOf = (one: string | null, other: string | null): PlaceMembership =>
    one === null || other === null ? 'unknown' : units.membership(one, other);
  return {
    key: `${paths[0]} with ${paths[1]} in ${name}`,
    inputs: paths,
    step: 0,
    changes: null,
    read: (life, _day, vector, index) => {
      const one = areaOfOne(life);
      const membership = membershipOf(one, areaOfOther(life));
      setMembership(vector, index, membership, life, one === null ? groupOfOne : groupOfOther);
    },
    missing(life) {
      const areas = [areaOfOne(life), areaOfOther(life)] as const;
      if (membershipOf(...areas) !== 'unknown') return [];
      const absent = paths.filter((_, index) => areas[index] === null);
      return absent.length > 0 ? absent : paths;
    },
    text: (vector, index, language) =>
      vector.state[index] === EXACT ? sameAreaText(vector.low[index]!, language) : null,
  };
}
