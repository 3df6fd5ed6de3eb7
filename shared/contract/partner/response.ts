import * as z from 'zod';
import { decisionId } from '../decisions/decision-id.ts';
import { problemError } from '../problem-body.ts';
import { civilDate, serviceCode } from '../values.ts';

/** The 201 of `POST /v1/partner/checks`: outcome and validity, and nothing else. */
export const partnerCheck = z
  .strictObject({
    checkId: decisionId.meta({ description: 'Id of the decision this check was stored as.' }),
    asOf: civilDate,
    services: z
      .array(
        z
          .strictObject({
            code: serviceCode,
            outcome: z.enum(['eligible', 'not_eligible', 'undetermined']).meta({
              description:
                '`undetermined` also where nothing may be said, for whatever reason: it looks the same.',
            }),
            validFrom: civilDate.nullable().meta({
              description:
                'Where the person is not eligible: the first day they will be, if nothing changes. Null where there is none to name.',
            }),
            validUntil: civilDate.nullable().meta({
              description:
                'Where the person is eligible: the last day they will be, that day included, if nothing changes. Null where there is none to name.',
            }),
          })
          .meta({ id: 'PartnerServiceAnswer' }),
      )
      .meta({ description: 'In the order they were asked for.' }),
  })
  .meta({ id: 'PartnerCheck' });

export type PartnerCheck = z.infer<typeof partnerCheck>;

/** The 207 of `POST /v1/partner/check-batches`. */
export const partnerCheckResults = z
  .strictObject({
    results: z
      .array(
        z
          .strictObject({
            status: z.enum(['checked', 'refused']),
            check: partnerCheck.nullable().meta({ description: 'Null: it was refused.' }),
            problem: z
              .strictObject({
                code: z.string().meta({ description: 'A code of `GET /v1/errors`.' }),
                errors: z.array(problemError),
              })
              .nullable()
              .meta({ id: 'PartnerCheckProblem', description: 'Null: it was checked.' }),
          })
          .meta({ id: 'PartnerCheckResult' }),
      )
      .meta({ description: 'One for each item, in the order of the request.' }),
  })
  .meta({ id: 'PartnerCheckResults' });

export type PartnerCheckResults = z.infer<typeof partnerCheckResults>;
