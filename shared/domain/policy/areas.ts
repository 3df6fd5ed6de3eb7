import type { PlaceMembership } from '../insurance/insurance-count.ts';

/**
 * How many codes are remembered at each place: more than a city has areas, and few enough for pairs of codes that somebody makes up to
 * take no memory worth mentioning.
 */
const CODES_KEPT = 64;

/** What was found of area codes before: residents live in few areas, and to compare beginnings of strings takes long. */
class ByCode<T> {
  private readonly kept = new Map<string, T>();

  /** What `find` finds of a code, or found when it was asked before. */
  of(code: string, find: (code: string) => T): T {
    let found = this.kept.get(code);
    if (found === undefined) {
      found = find(code);
      if (this.kept.size < CODES_KEPT) this.kept.set(code, found);
    }
    return found;
  }
}

/** A named set of areas. */
export class AreaSet {
  private readonly codes: ReadonlySet<string>;
  private readonly prefixes: readonly string[];
  private readonly memberships = new ByCode<PlaceMembership>();

  /** @param codes as a pack writes them: those of areas, some of them beginnings (`5101*`). */
  constructor(codes: readonly string[]) {
    this.codes = new Set(codes.filter((code) => !code.endsWith('*')));
    this.prefixes = codes.filter((code) => code.endsWith('*')).map((code) => code.slice(0, -1));
  }

  /** Whether an area lies in it; `unknown` when the code is that of a larger area which the set divides. */
  membership(code: string): PlaceMembership {
    return this.memberships.of(code, this.find);
  }

  private readonly find = (code: string): PlaceMembership => {
    if (this.codes.has(code) || this.prefixes.some((prefix) => code.startsWith(prefix))) return 'in';
    const larger = coarsePrefix(code);
    if (larger === null) return 'out';
    for (const member of this.codes) if (member.startsWith(larger)) return 'unknown';
    return this.prefixes.some((prefix) => prefix.startsWith(larger)) ? 'unknown' : 'out';
  };
}

/** Groups of areas that count as one unit; an area in no group is a unit of its own. */
export class AreaUnits {
  private readonly groups: readonly AreaSet[];
  /** By area and the other one. */
  private readonly memberships = new ByCode<ByCode<PlaceMembership>>();

  /** @param groups the codes of each, as a pack writes them. */
  constructor(groups: readonly (readonly string[])[]) {
    this.groups = groups.map((codes) => new AreaSet(codes));
  }

  /** Whether an area belongs to the unit of another; `unknown` when a code is that of a larger area that may hold the other. */
  membership(area: string, other: string): PlaceMembership {
    return this.memberships.of(other, NOTHING_YET).of(area, (code) => this.find(code, other));
  }

  private find(a: string, b: string): PlaceMembership {
    if (a === b && coarsePrefix(a) === null) return 'in';
    let mayBe = covers(a, b) || covers(b, a);
    for (const group of this.groups) {
      const [aIn, bIn] = [group.membership(a), group.membership(b)];
      if (aIn === 'in' && bIn === 'in') return 'in';
      if (aIn !== 'out' && bIn !== 'out') mayBe = true;
    }
    return mayBe ? 'unknown' : 'out';
  }
}

const NOTHING_YET = () => new ByCode<PlaceMembership>();

/** Every area by itself. */
export const EVERY_AREA_BY_ITSELF = new AreaUnits([]);

/** Whether an area is another one, or lies in it where that is a city or a province. */
export function liesIn(area: string, other: string): boolean {
  return area === other || covers(other, area);
}

/** Whether `larger` is the code of a city or a province that `area` lies in. */
function covers(larger: string, area: string): boolean {
  const prefix = coarsePrefix(larger);
  return prefix !== null && area.startsWith(prefix);
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
