import * as z from 'zod';
import { callers } from '../caller.ts';
import { caseNumber, counterPurpose } from '../counter/purpose.ts';
import { counterCheck } from '../counter/response.ts';
import { explain } from '../evaluation/request.ts';
import { finding, policyReference } from '../evaluation/response.ts';
import { languages } from '../language.ts';
import { resident } from '../resident/resident.ts';
import { civilDate, digest, instant, policyVersion, serviceCode } from '../values.ts';
import { decisionId } from './decision-id.ts';

const versionReference = z
  .strictObject({ version: policyVersion, digest })
  .meta({ id: 'PolicyVersionReference', description: 'A version of a policy, and what its pack hashes to.' });

/** The 200 of `GET /v1/decisions/{id}`. */
export const decisionPage = z
  .strictObject({
    decisionId,
    madeAt: instant,
    caller: z
      .strictObject(callers.counter.shape)
      .meta({ id: 'DecisionCaller', description: 'Who asked, where they work.' }),
    purpose: counterPurpose,
    caseNumber,
    engine: z.string().meta({ description: 'Version of the engine that decided.' }),
    policy: policyReference,
    publishedVersions: z.array(versionReference).meta({
      description:
        'Every version of the policy that was published then: dates of change in the answer look at later versions too.',
    }),
    question: z
      .strictObject({
        asOf: civilDate,
        services: z.array(serviceCode).nullable().meta({ description: 'Null: all of the policy.' }),
        explain,
        language: z.enum(languages),
        resident: resident.meta({ description: 'The facts as they were evaluated, those shown included.' }),
        unavailable: z
          .array(z.string())
          .meta({ description: 'Parts that could not be told from the record.' }),
        shownFacts: z.array(z.string()),
        findings: z.array(finding),
      })
      .meta({
        id: 'DecisionQuestion',
        description: 'All that the answer was made from, besides the policy.',
      }),
    answer: counterCheck.meta({ description: 'What the caller was answered.' }),
  })
  .meta({ id: 'Decision' });

export type DecisionPage = z.infer<typeof decisionPage>;

/** The 200 of `POST /v1/decisions/{id}/replay`. */
export const decisionReplay = z
  .strictObject({
    decisionId,
    identical: z.boolean().meta({
      description:
        'Whether the engine and the versions of then give the same bytes again. False raises an alarm.',
    }),
    madeAt: instant,
    engine: z.string().meta({ description: 'Version of the engine of then, which was asked again.' }),
    policy: policyReference,
    outcome: z
      .strictObject({ stored: digest, replayed: digest })
      .meta({ description: 'What the stored outcome and the new one hash to.' }),
  })
  .meta({ id: 'DecisionReplay' });

export type DecisionReplay = z.infer<typeof decisionReplay>;
