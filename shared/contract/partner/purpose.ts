import * as z from 'zod/mini';
import { documented } from '../documented.ts';

/** What a third party asks for. A closed list: consents name one of it, and a purpose that fits none is not one to ask for. */
export const partnerPurpose = z
  .enum([
    'school-admission',
    'housing-allocation',
    'care-admission',
    'benefit-grant',
    'employment-support',
    'legal-aid',
  ])
  .apply(documented, {
    id: 'PartnerPurpose',
    description:
      '`school-admission` 入学审核: a school admits a child. `housing-allocation` 住房分配: a home is let or allocated. `care-admission` 养老照护入住: a care home takes somebody in. `benefit-grant` 待遇发放: a benefit is granted. `employment-support` 就业扶持: help into work or training. `legal-aid` 法律援助: legal aid is granted.',
  });

export type PartnerPurpose = z.infer<typeof partnerPurpose>;
