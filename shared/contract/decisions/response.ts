import * as z from 'zod/mini';
import { callers } from '../caller.ts';
import { caseNumber, counterPurpose } from '../counter/purpose.ts';
import { counterCheck } from '../counter/response.ts';
import { documented } from '../documented.ts';
import { explain } from '../evaluation/request.ts';
import { finding, policyReference } from '../evaluation/response.ts';
import { languages } from '../language.ts';
import { resident } from '../resident/resident.ts';
import { civilDate, digest, instant, policyVersion, serviceCode } from '../values.ts';
import { decisionId } from './decision-id.ts';

const versionReference = z.strictObject({ version: policyVersion, digest }).apply(documented, {
  id: 'PolicyVersionReference',
  description: 'A version of a policy, and what its pack hashes to.',
});

/** The 200 of `GET /v1/decisions/{id}`. */
export const decisionPage = z
  .strictObject({
    decisionId,
    madeAt: instant,
    caller: z
      .strictObject(callers.counter.shape)
      .apply(documented, { id: 'DecisionCaller', description: 'Who asked, where they work.' }),
    purpose: counterPurpose,
    caseNumber,
    engine: z.string().apply(documented, { description: 'Version of the engine that decided.' }),
    policy: policyReference,
    publishedVersions: z.array(versionReference).apply(documented, {
      description:
        'Every version of the policy that was published then: dates of change in the answer look at later versions too.',
    }),
    question: z
      .strictObject({
        asOf: civilDate,
        services: z
          .nullable(z.array(serviceCode))
          .apply(documented, { description: 'Null: all of the policy.' }),
        explain,
        language: z.enum(languages),
        resident: resident.apply(documented, {
          description: 'The facts as they were evaluated, those shown included.',
        }),
        unavailable: z
          .array(z.string())
          .apply(documented, { description: 'Parts that could not be told from the record.' }),
        shownFacts: z.array(z.string()),
        findings: z.array(finding),
      })
      .apply(documented, {
        id: 'DecisionQuestion',
        description: 'All that the answer was made from, besides the policy.',
      }),
    answer: counterCheck.apply(documented, { description: 'What the caller was answered.' }),
  })
  .apply(documented, { id: 'Decision' });

export type DecisionPage = z.infer<typeof decisionPage>;

/** The 200 of `POST /v1/decisions/{id}/replay`. */
export const decisionReplay = z
  .strictObject({
    decisionId,
    identical: z.boolean().apply(documented, {
      description:
        'Whether the engine and the versions of then give the same bytes again. False raises an alarm.',
    }),
    madeAt: instant,
    engine: z
      .string()
      .apply(documented, { description: 'Version of the engine of then, which was asked again.' }),
    policy: policyReference,
    outcome: z
      .strictObject({ stored: digest, replayed: digest })
      .apply(documented, { description: 'What the stored outcome and the new one hash to.' }),
  })
  .apply(documented, { id: 'DecisionReplay' });

export type DecisionReplay = z.infer<typeof decisionReplay>;
