import { type Chooser, chance, pick } from '../chooser.ts';

const INNER = ['510104', '510105', '510106', '510107', '510108'];
const OUTER = ['510112', '510114', '510116', '510129', '510181', '510185'];
const ELSEWHERE = ['513425', '510722', '500103', '110105'];
/** The city and the province as a whole: someone who does not say more. */
const COARSE = ['510100', '510000'];

/** Every single area that a generated resident may live or work in. */
export const AREAS: readonly string[] = [...INNER, ...OUTER, ...ELSEWHERE];

export function areaInCity(chooser: Chooser): string {
  return chance(chooser, 60) ? pick(chooser, INNER) : pick(chooser, OUTER);
}

export function anyArea(chooser: Chooser): string {
  if (chance(chooser, 75)) return areaInCity(chooser);
  return chance(chooser, 70) ? pick(chooser, ELSEWHERE) : pick(chooser, COARSE);
}
