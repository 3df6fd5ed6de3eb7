import { registryEvents, registryEventsUnread } from '../registry/request.ts';
import { registryOutcomes } from '../registry/response.ts';
import type { Route } from '../route.ts';

export const registryRoutes = [
  {
    operationId: 'recordEvents',
    method: 'POST',
    path: '/v1/registry/events',
    door: 'registry',
    function: 'registry',
    scopes: ['registry:write'],
    tag: 'Registry',
    summary: 'Report what happened to residents',
    description: `Takes up to 100 events of a bureau (permits, residence, insurance, household registration,
circumstances), stores each and moves the resident's record, both in one step. The answer has an outcome for every
event, in the order of the request.

**Who may call:** the feed of a bureau, with a key that has the scope \`registry:write\`. The bureau is known from the key and
stands nowhere in the body: an event of another bureau cannot be sent, corrected or voided.

**Send anything again.** An event is named by its bureau and its \`eventId\`; the same again, in this request or years
later, changes nothing and is a \`duplicate\`. So there is no \`Idempotency-Key\`: after a timeout, a 429, a 503 or a \`failed\` event,
send the same body again. What comes under an id that is known is taken for the event that is known, whatever it says: to
change an event, send a correction with an id of its own.

**Send in any order.** Only \`occurredOn\` decides, never the time of arrival. Late events, corrections of events still to come
and feeds that write one resident at the same time all lead to the same record.

**One bad event never spoils the others.** Each is judged by itself and \`rejected\` with every reason and its place. 422 is only for a
body that is no list of 1 to 100 events; 503 only when nothing at all could be stored.

**What is kept:** the event as it was accepted, without the document, encrypted under a key of the resident's own. No
name, phone or address is accepted. The number of a document is never repeated, also not by an event id made from it.

**Limits:** 256 KB and 100 events a request. Events of one resident are best sent together.`,
    request: { body: registryEventsUnread, describedBody: registryEvents },
    responses: {
      207: { description: 'What became of each event.', schema: registryOutcomes, caching: 'no-store' },
    },
    problems: ['malformed-body', 'payload-too-large', 'unsupported-media-type', 'invalid-request'],
  },
] as const satisfies readonly Route[];
