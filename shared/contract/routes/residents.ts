import { evaluation } from '../evaluation/response.ts';
import { accessLog, accessLogQuery } from '../me/access-log.ts';
import { myEligibilityQuery } from '../me/request.ts';
import { myRecord } from '../me/response.ts';
import type { Route } from '../route.ts';

export const residentRoutes = [
  {
    operationId: 'getMyEligibility',
    method: 'GET',
    path: '/v1/me/eligibility',
    door: 'resident',
    function: 'residents',
    scopes: ['me:read'],
    tag: 'Own data',
    summary: 'Which services I may have, from my own record',
    description: `The answer of \`POST /v1/evaluations\`, from what bureaus have sent about the caller: nothing is typed in.

**Who may call:** a resident, about themselves. **Nothing is stored** but that it was asked, in the access log.

Somebody of whom nothing is registered is answered too: every fact is *missing*, services are \`undetermined\` where facts
matter, and the finding \`resident-not-registered\` says so. A part of the record that cannot be right yet (a permit
endorsed whose issue was not received) is \`unavailable\`, with a finding. Pointers of findings lead into \`resident\` of
\`GET /v1/me/record\`.

While the register does not answer this is 503: no answer is guessed.`,
    request: { query: myEligibilityQuery },
    responses: {
      200: {
        description: 'The answer for every service asked about.',
        schema: evaluation,
        caching: 'no-store',
      },
    },
    problems: ['invalid-request', 'unknown-service', 'no-policy-in-force'],
  },
  {
    operationId: 'getMyRecord',
    method: 'GET',
    path: '/v1/me/record',
    door: 'resident',
    function: 'residents',
    scopes: ['me:read'],
    tag: 'Own data',
    summary: 'What the register knows of me',
    description: `What bureaus have sent about the caller, in the form an evaluation takes it, as it stands today; where one
statement decides a part, the bureau and the day it comes from; and what was left out because it contradicts itself.
The document's number is never repeated in full.

**Who may call:** a resident, about themselves (PIPL art. 45).`,
    request: {},
    responses: { 200: { description: 'The record.', schema: myRecord, caching: 'no-store' } },
    problems: ['resident-not-found'],
  },
  {
    operationId: 'getMyAccessLog',
    method: 'GET',
    path: '/v1/me/access-log',
    door: 'resident',
    function: 'residents',
    scopes: ['me:read'],
    tag: 'Own data',
    summary: 'Who looked at my data, when and why',
    description: `Every look at what is kept of the caller, the newest first: when, who (their part and their unit), which services, for
what purpose, in which case, and the decision that came of it. A look is recorded before it is answered, so it is here at once;
entries are kept for three years. Your own looks are among them.

**Who may call:** a resident, about themselves (PIPL art. 44, 45).

**Paging:** \`pageSize\` and \`nextPageToken\`; a token that was changed, or that is somebody else's, is 400.`,
    request: { query: accessLogQuery },
    responses: { 200: { description: 'The looks.', schema: accessLog, caching: 'no-store' } },
    problems: ['invalid-request', 'resident-not-found'],
  },
] as const satisfies readonly Route[];
