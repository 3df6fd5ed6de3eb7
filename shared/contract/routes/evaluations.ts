import { evaluationRequest } from '../evaluation/request.ts';
import { evaluation } from '../evaluation/response.ts';
import type { Route } from '../route.ts';

export const evaluationRoutes = [
  {
    operationId: 'createEvaluation',
    method: 'POST',
    path: '/v1/evaluations',
    door: 'public',
    function: 'eligibility',
    scopes: [],
    tag: 'Evaluations',
    summary: 'Which services a resident may have, and why',
    description: `Takes a resident's facts and answers, for every service of the policy: eligible, not eligible or
undetermined, with each condition, what it asks, what the facts show and where it is written; since when and until
when; and which facts are missing.

**Who may call:** anyone; no credential.

**Nothing is stored** and nothing of the body is logged, so that no \`Idempotency-Key\` is needed: the same request may
be sent again at any time. Equal facts, policy version, engine version and language give equal bytes.

**Facts** come as summaries (what a form can ask) or as histories (what a bureau knows), part by part. Every part is
optional: an absent fact is *missing*, never "no". Facts that cannot be true together (a permit endorsed before it was
issued) are refused with 422 and a pointer to each.

**Limits:** 256 KB; see the bounds of each array. **Not a decision:** the answer is a pre-check; the authority named in
the catalogue decides.`,
    request: { body: evaluationRequest },
    responses: {
      200: {
        description: 'The answer for every service asked about.',
        schema: evaluation,
        caching: 'no-store',
      },
    },
    problems: [
      'malformed-body',
      'payload-too-large',
      'unsupported-media-type',
      'invalid-request',
      'contradictory-facts',
      'unknown-service',
      'unknown-policy',
      'no-policy-in-force',
    ],
  },
] as const satisfies readonly Route[];
