import { limits } from '../../shared/contract/limits.ts';

/** What a reader must know before the first call; at the top of the document. */
export const introduction = `Given a resident's facts, this API answers which public services they may use by residence permit (居住证), years of
residence and insurance, since when and until when, and why: every condition comes with the article it is written in.

**Not a decision.** An answer is a pre-check. The authority named in the catalogue decides.

### Who may call
Each operation says who. The public ones ask for no credential and store nothing: they are for mini-programs, researchers
and anyone who wants to check a rule. \`/v1/me\` is a resident's own door, \`/v1/counter\` and \`/v1/decisions\` are for staff:
what a counter asks is kept with who asked and why. \`/v1/registry\` is for the feeds of bureaus, by key. \`/v1/partner\` is for
third parties, by key and within their terms, and \`/v1/admin\` for operators.

### Conventions
- JSON in UTF-8; dates \`YYYY-MM-DD\` and months \`YYYY-MM\` of Asia/Shanghai; money in whole yuan. Unknown fields are refused.
- An absent fact is *missing*, never "no". What the law leaves open, or does not publish, is \`undetermined\` with its reason.
- \`Accept-Language: zh-CN\` (default) or \`en\` chooses the language of names, reasons and problems.
- \`X-Request-Id\` is on every answer; \`X-Correlation-Id\` comes back when it is 1 to 64 of letters, digits, \`_\`, \`.\`, \`-\`.
- No personal value is ever logged, repeated in an error or put in an address.

### Problems
Every answer that is not a success is \`application/problem+json\` (RFC 9457), those of the gateway too, with a \`code\` that
\`GET /v1/errors\` explains, all that is wrong at once in \`errors\` with a JSON Pointer each, and \`retryable\`.
400: not readable (broken JSON, a name twice, nested deeper than ${limits.depth}). 422: readable, not valid. 413: over ${limits.bodyBytes / 1024} KB. 415: not JSON.

### Limits
Bodies up to ${limits.bodyBytes / 1024} KB. Calls are limited in rate for all callers together; 429 comes with \`Retry-After\`.
Third parties have limits a day too: \`RateLimit\` and \`RateLimit-Policy\` say what is left.

### Caching
Services, policies, errors and this document have an \`ETag\`; \`If-None-Match\` answers 304. Answers about a resident are never kept.

### Change
Within \`/v1\` things are only added. Clients pass over response fields they do not know.`;

export const tags = [
  { name: 'Evaluations', description: 'Which services a resident may have, and why.' },
  { name: 'Own data', description: 'What a resident sees of themselves.' },
  { name: 'Counter', description: 'Checks at a service counter.' },
  { name: 'Decisions', description: 'What was decided, from what, and whether it would be again.' },
  { name: 'Services', description: 'The published list of services (国令第663号 art. 14).' },
  { name: 'Policies', description: 'The rules themselves, as data: versions, periods, digests.' },
  {
    name: 'Registry',
    description: 'What bureaus report of residents; every answer from the record follows from it.',
  },
  {
    name: 'Third parties',
    description: 'Who else may ask, about what, on what ground, how often, and with which keys.',
  },
  { name: 'About', description: 'The state of the API, its errors and its description.' },
] as const;
