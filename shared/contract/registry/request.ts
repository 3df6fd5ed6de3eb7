import * as z from 'zod';
import { registryEvent } from './event.ts';

/** How many events one request may carry. */
const maxEvents = 100;

const batchOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ events: z.array(item).min(1).max(maxEvents) });

/** The body of `POST /v1/registry/events` as it should be. */
export const registryEvents = batchOf(registryEvent).meta({
  id: 'RegistryEvents',
  description: 'Events in any order; each is judged by itself.',
});

/** The same body as it is checked as a whole: one bad event must not spoil the others. */
export const registryEventsUnread = batchOf(z.unknown());
