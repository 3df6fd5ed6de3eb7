import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { civilDate, digest, instant, policyId, policyVersion } from '../values.ts';

const period = z.strictObject({ from: civilDate, until: z.nullable(civilDate) }).apply(documented, {
  id: 'Period',
  description:
    'In force on both days; `until: null` where no end is written down: until the next version begins.',
});

const versionSummary = z
  .strictObject({ version: policyVersion, digest, effective: period, publishedAt: instant })
  .apply(documented, { id: 'PolicyVersionSummary' });

/** The 200 of `GET /v1/policies`. */
export const policyList = z
  .strictObject({
    defaultPolicy: policyId,
    policies: z.array(z.strictObject({ id: policyId, versions: z.array(versionSummary) })),
  })
  .apply(documented, { id: 'PolicyList' });

const translatedText = z.strictObject({ 'zh-CN': z.string(), en: z.string() });

/**
 * The head of a pack. Its whole form is the policy language's own (docs/writing-a-policy.md), which is written once,
 * beside the compiler: here the rest passes as it was published, so that its digest can be computed again.
 */
const pack = z
  .looseObject({
    schema: z.int(),
    policy: policyId,
    version: policyVersion,
    title: translatedText,
    effective: period,
  })
  .apply(documented, {
    id: 'Pack',
    description:
      'The policy pack as it was published: parameters, areas, sources, conditions, routes and services. `digest` is the SHA-256 of its canonical JSON (RFC 8785).',
  });

/** The 200 of `GET /v1/policies/{id}/versions/{version}`. */
export const policyVersionPage = z
  .strictObject({ digest, pack })
  .apply(documented, { id: 'PolicyVersionPage' });
