import { consent, consentList, consentMonths, consentPath, newConsent } from '../me/consents.ts';
import type { Route } from '../route.ts';

const common = {
  door: 'resident',
  function: 'residents',
  tag: 'Own data',
} as const satisfies Partial<Route>;

export const consentRoutes = [
  {
    ...common,
    operationId: 'listMyConsents',
    method: 'GET',
    path: '/v1/me/consents',
    scopes: ['me:read'],
    summary: 'Whom I have allowed to be told of me',
    description: `Every consent the caller gave to third parties, and whether it holds today.

**Who may call:** a resident, about themselves (PIPL art. 15, 23, 45).`,
    request: {},
    responses: { 200: { description: 'The consents.', schema: consentList, caching: 'no-store' } },
    problems: ['resident-not-found'],
  },
  {
    ...common,
    operationId: 'giveConsent',
    method: 'POST',
    path: '/v1/me/consents',
    scopes: ['me:write'],
    summary: 'Allow a third party to be told of me',
    description: `Lets one third party be told, for one purpose, whether the caller may have the services named, and until when: never
why, and nothing else of the record. It holds at once, until the end of the day \`until\`, at most ${consentMonths} months ahead.

**Who may call:** a resident, about themselves (PIPL art. 23: a consent of its own for each recipient and purpose). One the
register does not know has nothing to allow: 404.

**Idempotency-Key:** the same key and body give the first answer again, with \`Idempotent-Replayed: true\`, whatever became of the
consent since; another body is 422. Without a key every request is a consent of its own.`,
    request: { body: newConsent, idempotencyKey: true },
    responses: { 201: { description: 'The consent.', schema: consent, caching: 'no-store' } },
    problems: [
      'malformed-body',
      'payload-too-large',
      'unsupported-media-type',
      'invalid-request',
      'unknown-service',
      'idempotency-key-reused',
      'resident-not-found',
    ],
  },
  {
    ...common,
    operationId: 'withdrawConsent',
    method: 'DELETE',
    path: '/v1/me/consents/{id}',
    scopes: ['me:write'],
    summary: 'Withdraw a consent',
    description: `Ends a consent at once: the next check of the third party is answered as if it had never been given. Withdrawing
again changes nothing. What was answered before stays as it was (PIPL art. 15).

**Who may call:** whoever gave it. A consent of somebody else is answered as one that does not exist.`,
    request: { path: consentPath },
    responses: { 200: { description: 'The consent as it is now.', schema: consent, caching: 'no-store' } },
    problems: ['consent-not-found', 'resident-not-found'],
  },
] as const satisfies readonly Route[];
