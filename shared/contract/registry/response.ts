import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { problemError } from '../problem-body.ts';
import { eventId } from './event.ts';

/** What became of one event. */
export const registryOutcome = z
  .strictObject({
    eventId: z.nullable(eventId).apply(documented, {
      description: 'Null where what was sent is no event id, or holds the number of a document.',
    }),
    outcome: z.enum(['applied', 'duplicate', 'rejected', 'failed']).apply(documented, {
      description:
        '`applied`: stored, and the record moved. `duplicate`: stored before; nothing changed. `rejected`: not stored, for the reasons in `errors`; sent again unchanged it is rejected again. `failed`: not stored, or not known to be, for a reason of ours; send it again: what was stored after all is then a `duplicate`.',
    }),
    errors: z.array(problemError).apply(documented, {
      description:
        'Why it was rejected or failed, every reason at once, with pointers into the body; empty otherwise. Never repeats a value.',
    }),
  })
  .apply(documented, { id: 'RegistryOutcome' });

/** The 207 of `POST /v1/registry/events`. */
export const registryOutcomes = z.strictObject({ results: z.array(registryOutcome) }).apply(documented, {
  id: 'RegistryOutcomes',
  description: 'One outcome an event, in the order of the request.',
});
