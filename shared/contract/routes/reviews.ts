import { reviewConclusion, reviewPath, reviewRequestBody } from '../reviews/request.ts';
import { openReviews, review, reviews } from '../reviews/response.ts';
import type { Route } from '../route.ts';

export const reviewRoutes = [
  {
    operationId: 'createReviewRequest',
    method: 'POST',
    path: '/v1/me/review-requests',
    door: 'resident',
    function: 'residents',
    scopes: ['me:write'],
    tag: 'Reviews',
    summary: 'Ask for a person to look at an automated answer',
    description: `An answer of this API is a check in advance, never the decision of an office. Who disagrees with it, or does not want it to
be made by a machine alone, asks here for a person to look at it.

**Who may call:** a resident, about themselves (PIPL art. 24). A decision of somebody else looks like one that does not exist.

**Idempotency-Key:** the same key and body give the first answer again, with \`Idempotent-Replayed: true\`; another body is 422.`,
    request: { body: reviewRequestBody, idempotencyKey: true },
    responses: {
      201: { description: 'It was received.', schema: review, caching: 'no-store' },
    },
    problems: [
      'malformed-body',
      'payload-too-large',
      'unsupported-media-type',
      'invalid-request',
      'idempotency-key-reused',
      'unknown-service',
      'no-policy-in-force',
      'resident-not-found',
    ],
  },
  {
    operationId: 'listMyReviewRequests',
    method: 'GET',
    path: '/v1/me/review-requests',
    door: 'resident',
    function: 'residents',
    scopes: ['me:read'],
    tag: 'Reviews',
    summary: 'Where my requests for review stand',
    description: `The caller's own requests and what came of them. They are kept for three years.

**Who may call:** a resident, about themselves.`,
    request: {},
    responses: { 200: { description: 'The requests.', schema: reviews, caching: 'no-store' } },
    problems: ['resident-not-found'],
  },
  {
    operationId: 'withdrawReviewRequest',
    method: 'DELETE',
    path: '/v1/me/review-requests/{id}',
    door: 'resident',
    function: 'residents',
    scopes: ['me:write'],
    tag: 'Reviews',
    summary: 'Take a request for review back',
    description: `Ends a request that is not concluded yet; again, it changes nothing.

**Who may call:** a resident, about themselves. Somebody else's request looks like one that does not exist.`,
    request: { path: reviewPath },
    responses: { 200: { description: 'It is withdrawn.', schema: review, caching: 'no-store' } },
    problems: ['review-not-found', 'review-concluded', 'resident-not-found'],
  },
  {
    operationId: 'listOpenReviews',
    method: 'GET',
    path: '/v1/counter/review-requests',
    door: 'counter',
    function: 'counter',
    scopes: ['reviews:handle'],
    tag: 'Reviews',
    summary: 'Requests for review that wait for a person',
    description: `What residents of the clerk's district asked for, and of those without a district, that is not concluded yet. One of a
decision made at a counter is for the district of that counter.

**Who may call:** a clerk.`,
    request: {},
    responses: { 200: { description: 'The open requests.', schema: openReviews, caching: 'no-store' } },
    problems: [],
  },
  {
    operationId: 'takeReview',
    method: 'POST',
    path: '/v1/counter/review-requests/{id}/take',
    door: 'counter',
    function: 'counter',
    scopes: ['reviews:handle'],
    tag: 'Reviews',
    summary: 'Take a request for review on',
    description: `From then on the request is this clerk's, and no one else can conclude it. Taking it again changes nothing.

**Who may call:** a clerk of the request's district; another's looks like one that does not exist.`,
    request: { path: reviewPath },
    responses: { 200: { description: 'It is in review.', schema: review, caching: 'no-store' } },
    problems: ['review-not-found', 'review-concluded', 'review-taken'],
  },
  {
    operationId: 'concludeReview',
    method: 'POST',
    path: '/v1/counter/review-requests/{id}/conclude',
    door: 'counter',
    function: 'counter',
    scopes: ['reviews:handle'],
    tag: 'Reviews',
    summary: 'Say what came of a review',
    description: `Ends a review that the caller took on. Said again with the same body, it changes nothing.

**Who may call:** the clerk who took it on.`,
    request: { path: reviewPath, body: reviewConclusion },
    responses: { 200: { description: 'It is concluded.', schema: review, caching: 'no-store' } },
    problems: [
      'malformed-body',
      'payload-too-large',
      'unsupported-media-type',
      'invalid-request',
      'review-not-found',
      'review-concluded',
      'review-not-taken',
      'review-taken',
    ],
  },
] as const satisfies readonly Route[];
