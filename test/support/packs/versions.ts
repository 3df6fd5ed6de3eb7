import { type BothEngines, bothEngines } from '../../reference/compare.ts';
import {
  childrenTests,
  combinedDraft,
  insuranceTests,
  packOf,
  plainTests,
  residenceTests,
} from './every-form.ts';

export const everyTest = { ...residenceTests, ...insuranceTests, ...plainTests, ...childrenTests };

/**
 * A policy whose versions change how residence is counted and what is asked, with a month in 2027 in which none is in
 * force.
 */
export function changingPolicy(parameters: object): BothEngines {
  const fewer = Object.fromEntries(Object.entries(everyTest).slice(3));
  return bothEngines(
    packOf({
      ...combinedDraft,
      parameters,
      tests: everyTest,
      version: '1',
      effective: { from: '2000-01-01', until: '2023-12-31' },
    }),
    packOf({
      ...combinedDraft,
      parameters: { ...parameters, lapsePolicy: 'bridge' },
      tests: fewer,
      version: '2',
      effective: { from: '2024-01-01', until: '2027-06-30' },
    }),
    packOf({
      ...combinedDraft,
      parameters,
      tests: everyTest,
      version: '3',
      effective: { from: '2027-08-01', until: null },
    }),
  );
}
