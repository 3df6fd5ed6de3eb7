import { partnerCheckBatch, partnerCheckBatchUnread, partnerCheckRequest } from '../partner/request.ts';
import { partnerCheck, partnerCheckResults } from '../partner/response.ts';
import type { Route } from '../route.ts';

const common = {
  door: 'partner',
  function: 'partners',
  scopes: ['partner:check'],
  tag: 'Third parties',
} as const satisfies Partial<Route>;

const problems = [
  'malformed-body',
  'payload-too-large',
  'unsupported-media-type',
  'invalid-request',
  'quota-exceeded',
  'person-budget-exhausted',
] as const;

export const partnerCheckRoutes = [
  {
    ...common,
    operationId: 'createPartnerCheck',
    method: 'POST',
    path: '/v1/partner/checks',
    summary: 'Ask whether a person may have a service',
    description: `Answers, for one purpose and the services named, whether a person may have each, and from when until when: no facts
and no reasons. The answer is stored as a decision, with who asked, what for and on what ground.

**Who may call:** a third party, within its terms. Where its lawful basis is consent, the person must have given one that covers
the third party, the service and the purpose today (PIPL art. 23).

**Nothing else is told.** A person who is not registered, a consent that is missing, was withdrawn or is somebody else's, a service
or a purpose outside the terms, a service there is not: each is \`undetermined\` without dates, like a person of whom too
little is known, in the same body and after the same time. Every answer is held back until a fixed time has passed.

**Limits:** as many checks a day as were agreed, and about as many persons; the day is that of Asia/Shanghai. \`RateLimit\` says
how many checks are left. A request that reached the count is counted, whatever became of it; under an \`Idempotency-Key\` once,
however often it is sent.

**Idempotency-Key:** the same key and body give the first answer again, byte for byte, with \`Idempotent-Replayed: true\`;
another body is 422. Neither costs anything, and both are answered when the day's limits are used up. Without a key every request
is a decision of its own.`,
    request: { body: partnerCheckRequest, idempotencyKey: true },
    responses: {
      201: {
        description: 'The answer, and the id it is stored under.',
        schema: partnerCheck,
        caching: 'no-store',
      },
    },
    problems: [...problems, 'idempotency-key-reused', 'no-policy-in-force'],
  },
  {
    ...common,
    operationId: 'createPartnerChecks',
    method: 'POST',
    path: '/v1/partner/check-batches',
    summary: 'Ask about many persons at once',
    description: `Takes up to 100 checks, each as \`POST /v1/partner/checks\` takes it, and answers each by itself, in order: one bad item
never spoils the others. Each item that can be read is a check, and counts as one; those there is no room for are
\`quota-exceeded\` or \`person-budget-exhausted\`.

**Who may call:** a third party, within its terms.

**Idempotency-Key:** the same key gives for each item that was answered, in the same place and with the same content, the first
answer again; another item in its place is \`idempotency-key-reused\`. \`Idempotent-Replayed: true\` says that all were. An item
that was answered costs nothing more; one that was refused for want of room is asked anew, and counts when there is some.

429 only when the day had no check left for any item; 503 only when nothing at all could be answered.`,
    request: { body: partnerCheckBatchUnread, describedBody: partnerCheckBatch, idempotencyKey: true },
    responses: {
      207: { description: 'What became of each item.', schema: partnerCheckResults, caching: 'no-store' },
    },
    problems,
  },
] as const satisfies readonly Route[];
