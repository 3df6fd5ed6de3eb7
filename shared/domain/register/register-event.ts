import * as z from 'zod/mini';
import { type RegistryEvent, registryEvent } from '../../contract/registry/event.ts';
import { eventSource } from '../../contract/registry/source.ts';

type WithoutDocument<Event> = Event extends RegistryEvent ? Omit<Event, 'document'> : never;

/**
 * An event as the register keeps it: what the bureau sent, without the document, and with the bureau. `source` and
 * `eventId` together name it: whatever comes under the same two is the same event.
 */
export type RegisterEvent = WithoutDocument<RegistryEvent> & { readonly source: string };

const stored = registryEvent.def.options.map((event) =>
  z.extend(z.omit(event as z.ZodMiniObject<{ document: z.ZodMiniType }>, { document: true }), {
    source: eventSource,
  }),
);

/**
 * Made from what bureaus may send, so that there is one description of an event. Stored events stay for good: a change
 * there that refuses what it once took needs a reader for the old form (a test pins the form).
 */
export const registerEventSchema = z.discriminatedUnion(
  'type',
  stored as unknown as [z.core.$ZodTypeDiscriminable],
) as unknown as z.ZodMiniType<RegisterEvent>;
