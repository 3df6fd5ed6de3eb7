import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { policyReference, source } from '../evaluation/response.ts';
import { civilDate, serviceCategory, serviceCode, serviceTier } from '../values.ts';

const monthDay = z
  .string()
  .check(z.regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/))
  .apply(documented, { examples: ['04-01'] });

const catalogueCondition = z
  .strictObject({
    id: z.string(),
    text: z.string(),
    source,
    remedy: z
      .nullable(z.string())
      .apply(documented, { description: 'What a person can do when the condition is not met.' }),
  })
  .apply(documented, { id: 'CatalogueCondition', description: 'A condition as the policy states it.' });

type Combination =
  | string
  | { all: Combination[] }
  | { any: Combination[] }
  | { not: Combination }
  | { atLeast: number; of: Combination[] };

/** How conditions, named by their ids, make up a route. */
const combination: z.ZodMiniType<Combination> = z
  .union([
    z.string(),
    z.strictObject({
      get all() {
        return z.array(combination);
      },
    }),
    z.strictObject({
      get any() {
        return z.array(combination);
      },
    }),
    z.strictObject({
      get not() {
        return combination;
      },
    }),
    z.strictObject({
      atLeast: z.int().check(z.minimum(1)),
      get of() {
        return z.array(combination);
      },
    }),
  ])
  .apply(documented, { id: 'Combination', description: 'How conditions, named by their ids, are combined.' });

const catalogueRoute = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    when: combination,
    conditions: z
      .array(catalogueCondition)
      .apply(documented, { description: 'The conditions that `when` names.' }),
  })
  .apply(documented, { id: 'CatalogueRoute', description: 'One way to qualify.' });

const serviceHead = {
  code: serviceCode,
  name: z.string(),
  category: serviceCategory,
  tier: z.nullable(serviceTier),
  authority: z.string().apply(documented, { description: 'Who decides and provides.' }),
};

const serviceDetail = z
  .strictObject({
    ...serviceHead,
    apply: z.strictObject({
      text: z.string().apply(documented, { description: 'How and where to apply.' }),
      windows: z.array(z.strictObject({ from: monthDay, to: monthDay })).apply(documented, {
        description: 'When applications are taken each year, both days included; empty: at any time.',
      }),
    }),
    routes: z.array(catalogueRoute),
    entitlements: z.array(
      z.strictObject({
        id: z.string(),
        text: z.string(),
        value: z.nullable(z.strictObject({ amount: z.number(), unit: z.string() })),
        source,
      }),
    ),
  })
  .apply(documented, {
    id: 'CatalogueService',
    description: 'A service as it is published: who provides it, how to qualify, how to apply.',
  });

/** The 200 of `GET /v1/services`. */
export const serviceList = z
  .strictObject({ asOf: civilDate, policy: policyReference, services: z.array(serviceDetail) })
  .apply(documented, { id: 'ServiceList' });

/** The 200 of `GET /v1/services/{code}`. */
export const servicePage = z
  .strictObject({ asOf: civilDate, policy: policyReference, service: serviceDetail })
  .apply(documented, { id: 'ServicePage' });

export type CatalogueService = z.infer<typeof serviceDetail>;
