import * as z from 'zod/mini';
import { decisionId } from '../decisions/decision-id.ts';
import { documented } from '../documented.ts';
import { problemError } from '../problem-body.ts';
import { civilDate, serviceCode } from '../values.ts';

/** The 201 of `POST /v1/partner/checks`: outcome and validity, and nothing else. */
export const partnerCheck = z
  .strictObject({
    checkId: decisionId.apply(documented, { description: 'Id of the decision this check was stored as.' }),
    asOf: civilDate,
    services: z
      .array(
        z
          .strictObject({
            code: serviceCode,
            outcome: z.enum(['eligible', 'not_eligible', 'undetermined']).apply(documented, {
              description:
                '`undetermined` also where nothing may be said, for whatever reason: it looks the same.',
            }),
            validFrom: z.nullable(civilDate).apply(documented, {
              description:
                'Where the person is not eligible: the first day they will be, if nothing changes. Null where there is none to name.',
            }),
            validUntil: z.nullable(civilDate).apply(documented, {
              description:
                'Where the person is eligible: the last day they will be, that day included, if nothing changes. Null where there is none to name.',
            }),
          })
          .apply(documented, { id: 'PartnerServiceAnswer' }),
      )
      .apply(documented, { description: 'In the order they were asked for.' }),
  })
  .apply(documented, { id: 'PartnerCheck' });

export type PartnerCheck = z.infer<typeof partnerCheck>;

/** The 207 of `POST /v1/partner/check-batches`. */
export const partnerCheckResults = z
  .strictObject({
    results: z
      .array(
        z
          .strictObject({
            status: z.enum(['checked', 'refused']),
            check: z.nullable(partnerCheck).apply(documented, { description: 'Null: it was refused.' }),
            problem: z
              .nullable(
                z.strictObject({
                  code: z.string().apply(documented, { description: 'A code of `GET /v1/errors`.' }),
                  errors: z.array(problemError),
                }),
              )
              .apply(documented, { id: 'PartnerCheckProblem', description: 'Null: it was checked.' }),
          })
          .apply(documented, { id: 'PartnerCheckResult' }),
      )
      .apply(documented, { description: 'One for each item, in the order of the request.' }),
  })
  .apply(documented, { id: 'PartnerCheckResults' });

export type PartnerCheckResults = z.infer<typeof partnerCheckResults>;
