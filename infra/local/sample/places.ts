import type { Random } from './random.ts';

/** Where people of a sample city live and work, weighted about as they do. */
const CITY_AREAS = [
  ['510104', 5],
  ['510105', 6],
  ['510106', 8],
  ['510107', 9],
  ['510108', 8],
  ['CD-GXQ', 9],
  ['CD-TFXQ', 6],
  ['510112', 6],
  ['510113', 3],
  ['510114', 7],
  ['510115', 5],
  ['510116', 7],
  ['510117', 7],
  ['510118', 2],
  ['510121', 2],
  ['510129', 1],
  ['510131', 1],
  ['510181', 3],
  ['510182', 2],
  ['510183', 1],
  ['510184', 2],
  ['510185', 3],
  ['CD-DBXQ', 2],
] as const;

/** Counties people come from: mostly of Sichuan. */
const ORIGINS = [
  ['510722', 9],
  ['510921', 6],
  ['511024', 5],
  ['511025', 6],
  ['511321', 8],
  ['511621', 8],
  ['511724', 8],
  ['511725', 9],
  ['512021', 9],
  ['512022', 7],
  ['513425', 5],
  ['500101', 5],
  ['500236', 3],
  ['520502', 3],
  ['530602', 3],
  ['620102', 2],
  ['410102', 2],
  ['420106', 2],
  ['440305', 1],
  ['110105', 1],
] as const;

/** 5+2 districts. */
const CENTRAL = new Set(['510104', '510105', '510106', '510107', '510108', 'CD-GXQ', 'CD-TFXQ']);

export const areaInCity = (random: Random): string => random.weighted<string>(CITY_AREAS);

/** An area of the city other than `area`. */
export function anotherArea(random: Random, area: string): string {
  return random.weighted<string>(CITY_AREAS.filter(([code]) => code !== area));
}

export const placeOfOrigin = (random: Random): string => random.weighted<string>(ORIGINS);

export const isCentral = (area: string): boolean => CENTRAL.has(area);
