import * as z from 'zod';
import { policyReference, source } from '../evaluation/response.ts';
import { civilDate, serviceCategory, serviceCode, serviceTier } from '../values.ts';

const monthDay = z
  .string()
  .regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
  .meta({ examples: ['04-01'] });

const catalogueCondition = z
  .strictObject({
    id: z.string(),
    text: z.string(),
    source,
    remedy: z
      .string()
      .nullable()
      .meta({ description: 'What a person can do when the condition is not met.' }),
  })
  .meta({ id: 'CatalogueCondition', description: 'A condition as the policy states it.' });

/** How conditions, named by their ids, make up a route. */
const combination = z
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
      atLeast: z.int().min(1),
      get of() {
        return z.array(combination);
      },
    }),
  ])
  .meta({ id: 'Combination', description: 'How conditions, named by their ids, are combined.' });

const catalogueRoute = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    when: combination,
    conditions: z.array(catalogueCondition).meta({ description: 'The conditions that `when` names.' }),
  })
  .meta({ id: 'CatalogueRoute', description: 'One way to qualify.' });

const serviceHead = {
  code: serviceCode,
  name: z.string(),
  category: serviceCategory,
  tier: serviceTier.nullable(),
  authority: z.string().meta({ description: 'Who decides and provides.' }),
};

const serviceDetail = z
  .strictObject({
    ...serviceHead,
    apply: z.strictObject({
      text: z.string().meta({ description: 'How and where to apply.' }),
      windows: z.array(z.strictObject({ from: monthDay, to: monthDay })).meta({
        description: 'When applications are taken each year, both days included; empty: at any time.',
      }),
    }),
    routes: z.array(catalogueRoute),
    entitlements: z.array(
      z.strictObject({
        id: z.string(),
        text: z.string(),
        value: z.strictObject({ amount: z.number(), unit: z.string() }).nullable(),
        source,
      }),
    ),
  })
  .meta({
    id: 'CatalogueService',
    description: 'A service as it is published: who provides it, how to qualify, how to apply.',
  });

/** The 200 of `GET /v1/services`. */
export const serviceList = z
  .strictObject({ asOf: civilDate, policy: policyReference, services: z.array(serviceDetail) })
  .meta({ id: 'ServiceList' });

/** The 200 of `GET /v1/services/{code}`. */
export const servicePage = z
  .strictObject({ asOf: civilDate, policy: policyReference, service: serviceDetail })
  .meta({ id: 'ServicePage' });

export type CatalogueService = z.infer<typeof serviceDetail>;
