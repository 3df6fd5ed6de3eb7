import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { registryEvent } from './event.ts';

/** How many events one request may carry. */
const maxEvents = 100;

const batchOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.strictObject({ events: z.array(item).check(z.minLength(1), z.maxLength(maxEvents)) });

/** The body of `POST /v1/registry/events` as it should be. */
export const registryEvents = batchOf(registryEvent).apply(documented, {
  id: 'RegistryEvents',
  description: 'Events in any order; each is judged by itself.',
});

/** The same body as it is checked as a whole: one bad event must not spoil the others. */
export const registryEventsUnread = batchOf(z.unknown());
