import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { areaCode, civilDate } from '../values.ts';

const permitType = z.enum(['mainland', 'hmt', 'foreign-pr', 'temporary']).apply(documented, {
  description:
    '`mainland` 居住证 (default), `hmt` 港澳台居民居住证, `foreign-pr` 外国人永久居留身份证, `temporary` 临时居住证. Only `mainland` needs the yearly endorsement.',
});

/** The permit as a form can ask for it. */
const permitSummary = z
  .strictObject({
    type: z.optional(permitType),
    status: z.optional(z.enum(['none', 'valid', 'suspended', 'cancelled', 'expired'])),
    areaCode: z.optional(areaCode).apply(documented, {
      description: 'The area the permit is for; absent: the city whose policy is asked.',
    }),
  })
  .apply(documented, {
    id: 'PermitSummary',
    description: 'The state of the residence permit on the day asked about.',
  });

const permitEvent = z
  .strictObject({
    type: z.enum(['issued', 'endorsed', 'cancelled', 'replaced', 'moved']).apply(documented, {
      description:
        '`issued` 签发, `endorsed` 签注, `cancelled` 注销/收缴, `replaced` 换领补领, `moved` 地址变更.',
    }),
    on: civilDate,
    areaCode: z.optional(areaCode).apply(documented, {
      description:
        'The area the permit is for from this event on; where no event tells: the city whose policy is asked.',
    }),
    expiresOn: z.optional(civilDate).apply(documented, {
      description:
        'Last day of validity, inclusive; only for permits without endorsement (all but `mainland`).',
    }),
  })
  .apply(documented, { id: 'PermitEvent' });

/** The permit as the police know it. */
export const permitHistory = z
  .strictObject({ type: z.optional(permitType), events: z.array(permitEvent).check(z.maxLength(500)) })
  .apply(documented, {
    id: 'PermitHistory',
    description: 'What happened to the residence permit, in any order.',
  });

/** Never both; `xor`, unlike `union`, reports what is wrong with either. */
export const permit = z.xor([permitSummary, permitHistory]);
