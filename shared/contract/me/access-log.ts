import * as z from 'zod';
import { caseNumber, counterPurpose, outsideDistrictReason } from '../counter/purpose.ts';
import { decisionId } from '../decisions/decision-id.ts';
import { nextPageToken, paging } from '../paging.ts';
import { instant, serviceCode } from '../values.ts';

const office = z.string().max(64);

/** Who looked: their part in it and their unit, never the person behind the counter. */
const accessor = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('resident') }).meta({ description: '本人: you yourself.' }),
    z
      .strictObject({ kind: z.literal('clerk'), district: office, post: office })
      .meta({ description: '窗口工作人员: a clerk, with the district and the post they worked at.' }),
    z
      .strictObject({ kind: z.literal('partner'), partner: z.string() })
      .meta({ description: '第三方: a third party, by its id.' }),
  ])
  .meta({ id: 'Accessor' });

const access = z
  .strictObject({
    accessId: z
      .string()
      .regex(/^ev_[\w-]{22}$/)
      .meta({ description: 'Id of the entry in the audit.', examples: ['ev_3vQ1m0bX9yTgW2cRjL7uHn'] }),
    at: instant,
    by: accessor,
    operation: z.string().meta({
      description: 'The operation that was asked for.',
      examples: ['createCounterCheck'],
    }),
    services: z
      .array(serviceCode)
      .nullable()
      .meta({ description: 'The services asked about; null: all, or the record itself.' }),
    purpose: z
      .string()
      .nullable()
      .meta({
        description:
          'What for: one of `CounterPurpose`, or of the purposes of third parties; null: your own look.',
        examples: [counterPurpose.options[0]],
      }),
    caseNumber: caseNumber.nullable(),
    outsideDistrictReason: outsideDistrictReason.nullable().meta({
      description: 'Why a clerk of another district looked; null: one of your own.',
    }),
    decisionId: decisionId.nullable().meta({ description: 'The decision that was made, or looked at.' }),
    disclosed: z.boolean().meta({
      description:
        'Whether they were told anything of you. False: the answer was the one for somebody unknown.',
    }),
  })
  .meta({ id: 'Access', description: 'One look at what is kept of you.' });

/** The query of `GET /v1/me/access-log`. */
export const accessLogQuery = z.strictObject(paging);

/** The 200 of `GET /v1/me/access-log`. */
export const accessLog = z
  .strictObject({
    accesses: z.array(access).meta({ description: 'The newest first.' }),
    nextPageToken,
  })
  .meta({ id: 'AccessLog' });

export type AccessLog = z.infer<typeof accessLog>;
