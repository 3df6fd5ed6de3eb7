import { counterCheckRequest } from '../counter/request.ts';
import { counterCheck } from '../counter/response.ts';
import type { Route } from '../route.ts';

export const counterRoutes = [
  {
    operationId: 'createCounterCheck',
    method: 'POST',
    path: '/v1/counter/checks',
    door: 'counter',
    function: 'counter',
    scopes: ['counter:check'],
    tag: 'Counter',
    summary: 'Check a person at the counter',
    description: `Answers for a person, from their record and from documents shown at the counter, and stores the answer as a
decision: what it was made from, who asked, why, and the answer itself, to the byte.

**Who may call:** a clerk, in a matter of their office: \`purpose\` and \`caseNumber\` are kept with the decision.

**A person of another district** needs a stated reason (\`outsideDistrictReason\`), which is kept with the access, logged and
counted. People see in \`GET /v1/me/access-log\` who looked them up, when and why.

**Documents shown** (\`facts\`) count for this check alone. \`permit\`, \`residence\` and each kind of insurance take the place of
what the record has, the other parts are taken member by member, and what was shown wins. \`shownFacts\` lists them, and
every condition that asks for a fact that rests on them has \`"shown": true\`. What was shown and cannot be true together, or not
together with the record, is refused with 422 and pointers into \`facts\`; so is a date of birth that is not the one in the number
of the document.

**Idempotency-Key:** the same key and body give the first answer again, byte for byte, with \`Idempotent-Replayed: true\`;
another body is 422. Without a key every request is a decision of its own.

Somebody who is not registered is answered too, from what was shown. While the register does not answer this is 503.`,
    request: { body: counterCheckRequest, idempotencyKey: true },
    responses: {
      201: {
        description: 'The answer, and the id it is stored under.',
        schema: counterCheck,
        caching: 'no-store',
      },
    },
    problems: [
      'malformed-body',
      'payload-too-large',
      'unsupported-media-type',
      'invalid-request',
      'idempotency-key-reused',
      'contradictory-facts',
      'unknown-service',
      'no-policy-in-force',
    ],
  },
] as const satisfies readonly Route[];
