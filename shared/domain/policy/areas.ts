import type { PlaceMembership } from '../insurance/insurance-count.ts';

/** So many codes are remembered; then it begins anew, so that codes nobody else has are not kept for good. */
const CODES_KEPT = 256;

/** A named set of areas. */
export class AreaSet {
  private readonly codes: ReadonlySet<string>;
  private readonly prefixes: readonly string[];
  /** What was found before: most people asked about live and work in the same few areas. */
  private readonly found = new Map<string, PlaceMembership>();

  /** @param codes as a pack writes them: those of areas, some of them beginnings (`5101*`). */
  constructor(codes: readonly string[]) {
    this.codes = new Set(codes.filter((code) => !code.endsWith('*')));
    this.prefixes = codes.filter((code) => code.endsWith('*')).map((code) => code.slice(0, -1));
  }

  /** Whether an area lies in it; `unknown` when the code is that of a larger area which the set divides. */
  membership(code: string): PlaceMembership {
    let membership = this.found.get(code);
    if (membership === undefined) {
      membership = this.find(code);
      if (this.found.size === CODES_KEPT) this.found.clear();
      this.found.set(code, membership);
    }
    return membership;
  }

  private find(code: string): PlaceMembership {
    if (this.codes.has(code) || this.prefixes.some((prefix) => code.startsWith(prefix))) return 'in';
    const larger = coarsePrefix(code);
    if (larger === null) return 'out';
    for (const member of this.codes) if (member.startsWith(larger)) return 'unknown';
    return this.prefixes.some((prefix) => prefix.startsWith(larger)) ? 'unknown' : 'out';
  }
}

/** Groups of areas that count as one unit; an area in no group is a unit of its own. */
export class AreaUnits {
  private readonly groups: readonly AreaSet[];

  /** @param groups the codes of each, as a pack writes them. */
  constructor(groups: readonly (readonly string[])[]) {
    this.groups = groups.map((codes) => new AreaSet(codes));
  }

  /** Whether an area belongs to the unit of another; `unknown` when a code is that of a larger area that may hold the other. */
  membership(area: string, other: string): PlaceMembership {
    if (area === other && coarsePrefix(area) === null) return 'in';
    let mayBe = covers(area, other) || covers(other, area);
    for (const group of this.groups) {
      const [areaIn, otherIn] = [group.membership(area), group.membership(other)];
      if (areaIn === 'in' && otherIn === 'in') return 'in';
      if (areaIn !== 'out' && otherIn !== 'out') mayBe = true;
    }
    return mayBe ? 'unknown' : 'out';
  }
}

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
