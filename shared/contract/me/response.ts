import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { finding } from '../evaluation/response.ts';
import { document } from '../registry/document.ts';
import { resident } from '../resident/resident.ts';
import { civilDate } from '../values.ts';

const origin = z
  .strictObject({
    source: z
      .string()
      .apply(documented, { description: 'The bureau that stated it.', examples: ['civil-affairs'] }),
    on: civilDate.apply(documented, { description: 'The day from which it holds.' }),
  })
  .apply(documented, { id: 'FactOrigin', description: 'Where a part of the record comes from.' });

/** The 200 of `GET /v1/me/record`. */
export const myRecord = z
  .strictObject({
    asOf: civilDate,
    document: z
      .strictObject({
        type: document.shape.type,
        ending: z
          .string()
          .check(z.maxLength(4))
          .apply(documented, {
            description: 'The last characters of the number, four at most.',
            examples: ['002X'],
          }),
      })
      .apply(documented, {
        id: 'DocumentEnding',
        description: 'The document, recognisable to whoever has it.',
      }),
    resident: resident.apply(documented, {
      description: 'What is known, as an evaluation takes it: histories, and circumstances as last stated.',
    }),
    origins: z.record(z.string(), origin).apply(documented, {
      description:
        'By part of `resident`: the bureau and the day it comes from. Only for parts that one statement decides; histories are made of many.',
    }),
    findings: z.array(finding).apply(documented, {
      description: 'Parts that are left out because what was received of them cannot be right yet, and why.',
    }),
  })
  .apply(documented, { id: 'MyRecord' });

export type MyRecord = z.infer<typeof myRecord>;
