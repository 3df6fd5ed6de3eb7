import * as z from 'zod/mini';
import { documented } from '../documented.ts';

/** Why a clerk looks a person up. A closed list: an access that fits none of it is not one the counter makes. */
export const counterPurpose = z.enum(['application', 'advice', 'review', 'verification']).apply(documented, {
  id: 'CounterPurpose',
  description:
    '`application` 申请办理: the person applies. `advice` 咨询: the person asks. `review` 复核: an earlier answer is looked at again. `verification` 核验: another office asks for confirmation.',
});

/** Why a clerk looks up a person of another district. A closed list, as for purposes. */
export const outsideDistrictReason = z
  .enum(['person-present', 'transferred-case', 'joint-service', 'emergency'])
  .apply(documented, {
    id: 'OutsideDistrictReason',
    description:
      '`person-present` 本人到场: the person is at this counter. `transferred-case` 移交: the matter was handed over by the office of their district. `joint-service` 跨区通办: the service is one that every district handles. `emergency` 紧急情况.',
  });

/** The office's own number of the matter. No free text: it is stored, and shown to whoever audits accesses. */
export const caseNumber = z
  .string()
  .check(z.regex(/^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,38}[A-Za-z0-9])?$/))
  .apply(documented, {
    id: 'CaseNumber',
    description:
      "The office's own number of the matter: 1 to 40 letters, digits, `.`, `_`, `/`, `-`. Never made from a person's number.",
    examples: ['2024-WH-00317'],
  });
