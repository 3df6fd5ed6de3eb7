import * as z from 'zod/mini';
import { caseNumber, counterPurpose, outsideDistrictReason } from '../counter/purpose.ts';
import { decisionId } from '../decisions/decision-id.ts';
import { documented } from '../documented.ts';
import { nextPageToken, paging } from '../paging.ts';
import { instant, serviceCode } from '../values.ts';

const office = z.string().check(z.maxLength(64));

/** Who looked: their part in it and their unit, never the person behind the counter. */
const accessor = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('resident') }).apply(documented, { description: '本人: you yourself.' }),
    z.strictObject({ kind: z.literal('clerk'), district: office, post: office }).apply(documented, {
      description: '窗口工作人员: a clerk, with the district and the post they worked at.',
    }),
    z
      .strictObject({ kind: z.literal('partner'), partner: z.string() })
      .apply(documented, { description: '第三方: a third party, by its id.' }),
  ])
  .apply(documented, { id: 'Accessor' });

const access = z
  .strictObject({
    accessId: z
      .string()
      .check(z.regex(/^ev_[\w-]{22}$/))
      .apply(documented, {
        description: 'Id of the entry in the audit.',
        examples: ['ev_3vQ1m0bX9yTgW2cRjL7uHn'],
      }),
    at: instant,
    by: accessor,
    operation: z.string().apply(documented, {
      description: 'The operation that was asked for.',
      examples: ['createCounterCheck'],
    }),
    services: z
      .nullable(z.array(serviceCode))
      .apply(documented, { description: 'The services asked about; null: all, or the record itself.' }),
    purpose: z.nullable(z.string()).apply(documented, {
      description:
        'What for: one of `CounterPurpose`, or of the purposes of third parties; null: your own look.',
      examples: [counterPurpose.options[0]],
    }),
    caseNumber: z.nullable(caseNumber),
    outsideDistrictReason: z.nullable(outsideDistrictReason).apply(documented, {
      description: 'Why a clerk of another district looked; null: one of your own.',
    }),
    decisionId: z
      .nullable(decisionId)
      .apply(documented, { description: 'The decision that was made, or looked at.' }),
    disclosed: z.boolean().apply(documented, {
      description:
        'Whether they were told anything of you. False: the answer was the one for somebody unknown.',
    }),
  })
  .apply(documented, { id: 'Access', description: 'One look at what is kept of you.' });

/** The query of `GET /v1/me/access-log`. */
export const accessLogQuery = z.strictObject(paging);

/** The 200 of `GET /v1/me/access-log`. */
export const accessLog = z
  .strictObject({
    accesses: z.array(access).apply(documented, { description: 'The newest first.' }),
    nextPageToken,
  })
  .apply(documented, { id: 'AccessLog' });

export type AccessLog = z.infer<typeof accessLog>;
