import { makePersona, type Persona } from './persona.ts';
import { personasByAge } from './personas-by-age.ts';
import { personasByPermit } from './personas-by-permit.ts';
import { personasByWorkAndMeans } from './personas-by-work-and-means.ts';

/** Twenty people who do not exist, each at the edge of a rule. Their place in the list stands in the ids of their events. */
export const personas: readonly Persona[] = [
  ...personasByAge,
  ...personasByPermit,
  ...personasByWorkAndMeans,
].map((plan, index) => makePersona(plan, index + 1));

/** Null: nobody of that name. */
export function personaNamed(name: string): Persona | null {
  return personas.find((persona) => persona.name === name) ?? null;
}
