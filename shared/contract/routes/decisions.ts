import { decisionPath } from '../decisions/request.ts';
import { decisionPage, decisionReplay } from '../decisions/response.ts';
import type { Route } from '../route.ts';

export const decisionRoutes = [
  {
    operationId: 'getDecision',
    method: 'GET',
    path: '/v1/decisions/{id}',
    door: 'counter',
    function: 'counter',
    scopes: ['decisions:read'],
    tag: 'Decisions',
    summary: 'A stored decision',
    description: `A decision as it was stored: the question with all facts it was answered from, engine and policy versions, who
asked and why, and the answer.

**Who may call:** staff who review decisions, those of their own district's counters: one of another district is not told
from one that does not exist. Decisions are kept for three years. One about a person who was erased since
is gone with them: 404.`,
    request: { path: decisionPath },
    responses: { 200: { description: 'The decision.', schema: decisionPage, caching: 'no-store' } },
    problems: ['decision-not-found'],
  },
  {
    operationId: 'replayDecision',
    method: 'POST',
    path: '/v1/decisions/{id}/replay',
    door: 'counter',
    function: 'counter',
    scopes: ['decisions:replay'],
    tag: 'Decisions',
    summary: 'Decide again as it was decided then',
    description: `Asks the engine of then the question of then, under the versions that were published then, and compares the bytes of
the outcome. They are equal; if they are not, \`identical\` is false and operators are alarmed. Stores nothing and may be
called any number of times.

**Who may call:** staff who review decisions, as for \`GET /v1/decisions/{id}\`. Where the engine or a version of then is not to be had any more this is 409,
never an answer of another engine or version.`,
    request: { path: decisionPath },
    responses: {
      200: { description: 'Whether it is the same.', schema: decisionReplay, caching: 'no-store' },
    },
    problems: ['decision-not-found', 'decision-not-replayable'],
  },
] as const satisfies readonly Route[];
