import { compilePolicy } from '../../shared/domain/policy/compile.ts';
import type { CompiledPolicy } from '../../shared/domain/policy/compiled-policy.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';

/** The services that the other engines are given as well: every form of route, and what people ask about most. */
export const SLICE = [
  'rights.employment-and-insurance',
  'education.compulsory',
  'employment.basic-services',
  'documents.vehicle-registration',
  'health.resident-medical-insurance',
  'employment.unemployment-benefit',
  'employment.support',
  'housing.public-rental',
  'housing.affordable-rental',
  'elderly.transit-card',
  'elderly.allowance',
  'assistance.temporary',
] as const;

export type SliceService = (typeof SLICE)[number];

/** A pack cut down to the slice. Entitlements are left out: they do not decide an outcome. */
export function compileSlice(pack: Pack): CompiledPolicy {
  const services: Pack['services'] = {};
  for (const code of SLICE) {
    const service = pack.services[code];
    if (service === undefined)
      throw new Error(`the pack has no service ${code}: change the slice of the bench`);
    services[code] = { ...service, entitlements: [] };
  }
  return compilePolicy({ ...pack, services });
}

/** How many conditions a policy has, and how often its routes ask for one. */
export function conditionCounts({ services }: CompiledPolicy): { distinct: number; asked: number } {
  const asked = services.flatMap(({ routes }) => routes.flatMap(({ conditions }) => conditions));
  return { distinct: new Set(asked).size, asked: asked.length };
}
