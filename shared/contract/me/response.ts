import * as z from 'zod';
import { finding } from '../evaluation/response.ts';
import { document } from '../registry/document.ts';
import { resident } from '../resident/resident.ts';
import { civilDate } from '../values.ts';

const origin = z
  .strictObject({
    source: z.string().meta({ description: 'The bureau that stated it.', examples: ['civil-affairs'] }),
    on: civilDate.meta({ description: 'The day from which it holds.' }),
  })
  .meta({ id: 'FactOrigin', description: 'Where a part of the record comes from.' });

/** The 200 of `GET /v1/me/record`. */
export const myRecord = z
  .strictObject({
    asOf: civilDate,
    document: z
      .strictObject({
        type: document.shape.type,
        ending: z
          .string()
          .max(4)
          .meta({ description: 'The last characters of the number, four at most.', examples: ['002X'] }),
      })
      .meta({ id: 'DocumentEnding', description: 'The document, recognisable to whoever has it.' }),
    resident: resident.meta({
      description: 'What is known, as an evaluation takes it: histories, and circumstances as last stated.',
    }),
    origins: z.record(z.string(), origin).meta({
      description:
        'By part of `resident`: the bureau and the day it comes from. Only for parts that one statement decides; histories are made of many.',
    }),
    findings: z.array(finding).meta({
      description: 'Parts that are left out because what was received of them cannot be right yet, and why.',
    }),
  })
  .meta({ id: 'MyRecord' });

export type MyRecord = z.infer<typeof myRecord>;
