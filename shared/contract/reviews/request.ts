import * as z from 'zod/mini';
import { decisionId } from '../decisions/decision-id.ts';
import { documented } from '../documented.ts';
import { civilDate, serviceCode } from '../values.ts';
import { reviewId } from './review-id.ts';

/** What is wrong with an automated answer, to whoever asks for a person to look at it. A closed list: no free text is kept. */
export const reviewGround = z
  .enum(['facts-wrong', 'rule-misapplied', 'human-decision', 'explanation'])
  .apply(documented, {
    id: 'ReviewGround',
    description:
      '`facts-wrong` 事实有误: the record does not say what is true. `rule-misapplied` 适用条款有误: the rule does not say that. `human-decision` 拒绝仅由自动化方式作出的决定: a person is to decide. `explanation` 要求说明: it is not clear why.',
  });

/** The body of `POST /v1/me/review-requests`. */
export const reviewRequestBody = z
  .strictObject({
    decisionId: z.optional(decisionId).apply(documented, {
      description:
        'The decision to look at, from `GET /v1/me/access-log`. Absent: the answer of `GET /v1/me/eligibility`.',
    }),
    services: z
      .array(serviceCode)
      .check(z.minLength(1), z.maxLength(100))
      .apply(documented, { description: 'The services whose answer is to be looked at.' }),
    asOf: z.optional(civilDate).apply(documented, {
      description: 'The day the answer was for; today in Asia/Shanghai when absent.',
    }),
    ground: reviewGround,
  })
  .apply(documented, { id: 'ReviewRequestBody' });

/** Path of the operations on one request for review. */
export const reviewPath = z.strictObject({ id: reviewId });

/** What came of a review. */
export const reviewResult = z.enum(['upheld', 'corrected']).apply(documented, {
  id: 'ReviewResult',
  description:
    '`upheld` 维持: the answer is right. `corrected` 更正: it was not; `decisionId` names the one in its place, where there is one.',
});

/** The body of `POST /v1/counter/review-requests/{id}/conclude`. */
export const reviewConclusion = z
  .strictObject({
    result: reviewResult,
    decisionId: z.optional(decisionId).apply(documented, {
      description: 'A check at a counter that was made in this review, about the same person.',
    }),
  })
  .apply(documented, { id: 'ReviewConclusion' });
