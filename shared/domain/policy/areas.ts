import type { PlaceMembership } from '../insurance/insurance-count.ts';

/** A named set of area codes, some of them beginnings (`5101*`). */
export interface AreaSet {
  readonly codes: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

/** Compiles the codes of a set as a pack writes them. */
export function areaSet(codes: readonly string[]): AreaSet {
  return {
    codes: new Set(codes.filter((code) => !code.endsWith('*'))),
    prefixes: codes.filter((code) => code.endsWith('*')).map((code) => code.slice(0, -1)),
  };
}

/**
 * What a GB/T 2260 code of a city (510100) or a province (510000) stands above: its beginning without the zeros; null
 * for the code of a county or of a zone of the city's own.
 */
function coarsePrefix(code: string): string | null {
  // Of almost every code the end tells; a regular expression takes ten times as long to say no.
  if (!code.endsWith('00') || !/^\d{6}$/.test(code)) return null;
  return code.endsWith('0000') ? code.slice(0, 2) : code.slice(0, 4);
}

/** Whether an area lies in a set; `unknown` when the code is that of a larger area which the set divides. */
export function areaInSet(code: string, set: AreaSet): PlaceMembership {
  if (set.codes.has(code) || set.prefixes.some((prefix) => code.startsWith(prefix))) return 'in';
  const larger = coarsePrefix(code);
  if (larger === null) return 'out';
  for (const member of set.codes) if (member.startsWith(larger)) return 'unknown';
  return set.prefixes.some((prefix) => prefix.startsWith(larger)) ? 'unknown' : 'out';
}

/** Groups of areas that count as one unit; an area in no group is a unit of its own. */
export type AreaUnits = readonly AreaSet[];

/** Every area by itself. */
export const EVERY_AREA_BY_ITSELF: AreaUnits = [];

/** Whether two areas belong to one unit; `unknown` when a code is that of a larger area that may hold the other. */
export function inSameUnit(a: string, b: string, units: AreaUnits): PlaceMembership {
  if (a === b && coarsePrefix(a) === null) return 'in';
  let mayBe = covers(a, b) || covers(b, a);
  for (const unit of units) {
    const [aIn, bIn] = [areaInSet(a, unit), areaInSet(b, unit)];
    if (aIn === 'in' && bIn === 'in') return 'in';
    if (aIn !== 'out' && bIn !== 'out') mayBe = true;
  }
  return mayBe ? 'unknown' : 'out';
}

/** Whether an area is another one, or lies in it where that is a city or a province. */
export function liesIn(area: string, other: string): boolean {
  return area === other || covers(other, area);
}

/** Whether `larger` is the code of a city or a province that `area` lies in. */
function covers(larger: string, area: string): boolean {
  const prefix = coarsePrefix(larger);
  return prefix !== null && area.startsWith(prefix);
}
