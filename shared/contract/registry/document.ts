import * as z from 'zod/mini';
import { documented } from '../documented.ts';

/** The document a person is known by. Only its form as JSON: whether the number holds together is for the domain. */
export const document = z
  .strictObject({
    type: z.enum(['resident-id', 'hmt-permit', 'foreign-pr']).apply(documented, {
      description:
        '`resident-id` 居民身份证, `hmt-permit` 港澳台居民居住证, `foreign-pr` 外国人永久居留身份证 (cards of 2017 and of 2023).',
    }),
    number: z
      .string()
      .check(z.minLength(1), z.maxLength(64))
      .apply(documented, {
        description:
          'A string, as digits of a JSON number would be lost. Full-width characters, spaces and a lower-case `x` are understood, and so is a citizen number of 15 digits.',
        examples: ['51018518991231002X'],
      }),
  })
  .apply(documented, {
    id: 'Document',
    description:
      'The document a person is known by. The number is never repeated: not in an answer, an error, an address or a log.',
  });
