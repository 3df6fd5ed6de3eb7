import * as z from 'zod/mini';
import { decisionId } from '../decisions/decision-id.ts';
import { documented } from '../documented.ts';
import { condition, evaluation, serviceAnswer } from '../evaluation/response.ts';

const { conditions: _, ...answer } = serviceAnswer.shape;

const shownCondition = z
  .extend(condition, {
    shown: z.boolean().apply(documented, {
      description:
        'Whether a fact it asks for rests on documents shown at the counter, and not on the record alone.',
    }),
  })
  .apply(documented, {
    id: 'CounterCondition',
    description: 'A condition, and whether it rests on what was shown.',
  });

const { services: __, ...head } = evaluation.shape;

/** The 201 of `POST /v1/counter/checks`: the answer of an evaluation, with what rests on documents shown. */
export const counterCheck = z
  .strictObject({
    checkId: decisionId.apply(documented, { description: 'Id of the decision this check was stored as.' }),
    ...head,
    services: z.array(
      z
        .strictObject({ ...answer, conditions: z.optional(z.array(shownCondition)) })
        .apply(documented, { id: 'CounterServiceAnswer' }),
    ),
    shownFacts: z.array(z.string()).apply(documented, {
      description:
        'The facts taken from documents shown, by path, in alphabetical order: `permit`, `residence` and `insurance.<kind>` as a whole, the others each by itself.',
      examples: [['housing.tenure', 'permit']],
    }),
  })
  .apply(documented, { id: 'CounterCheck' });
