import * as z from 'zod/mini';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { documented } from '../../shared/contract/documented.ts';
import { languages } from '../../shared/contract/language.ts';
import { problemBody, problemMediaType, renderProblem } from '../../shared/contract/problem-body.ts';
import {
  guardedProblems,
  type ProblemCode,
  problems,
  sharedProblems,
} from '../../shared/contract/problems.ts';
import type { Route, RouteResponse } from '../../shared/contract/route.ts';
import type { ContractExample } from './examples.ts';

const EXAMPLE_REQUEST_ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

/** A response header, kept once among the components. */
const header = (id: string, description: string) =>
  z.string().apply(documented, { description, header: { id } });

/** On every answer. */
const commonHeaders = {
  'X-Request-Id': header('X-Request-Id', 'Id of the request; quote it when asking for help.'),
  'X-Correlation-Id': z.optional(
    header(
      'X-Correlation-Id',
      'The id the caller sent, when it is 1 to 64 of letters, digits, `_`, `.` and `-`.',
    ),
  ),
  'Content-Language': header('Content-Language', '`zh-CN` or `en`, by `Accept-Language`.'),
  Vary: header('Vary', '`Accept-Language`; `Origin` too where the answer to a page depends on whose it is.'),
  'Cache-Control': header('Cache-Control', 'Who may keep the answer, and for how long.'),
};
const entityTag = {
  ETag: header('ETag', 'Send it as `If-None-Match` to be answered 304 while nothing has changed.'),
};
/** On the answers to third parties, and where they have used their limit up. */
const rateLimit = {
  RateLimit: z.optional(
    header('RateLimit', 'Of the checks of the day: `r` left, `t` seconds until all are there again.'),
  ),
  'RateLimit-Policy': z.optional(header('RateLimit-Policy', '`q` checks in `w` seconds.')),
};
const challenge = {
  'WWW-Authenticate': header(
    'WWW-Authenticate',
    'The schemes that `Authorization` may have, `Bearer` and `ApiKey`.',
  ),
};
const retryAfter = { 'Retry-After': header('Retry-After', 'Seconds to wait before the next try.') };

const notModified = {
  id: 'NotModified',
  description: 'Nothing has changed since the `ETag` that was sent.',
  headers: z.object({ ...commonHeaders, ...entityTag }),
};

/** The problems every operation may answer with, at a status. */
const sharedAt = (status: number) => sharedProblems.filter((code) => problems[code].status === status);

const sharedResponses = new Map(
  sharedProblems.map((code) => {
    const { status } = problems[code];
    return [status as number, { id: `Problem${status}`, ...problemResponse(sharedAt(status)) }];
  }),
);

/** Every answer of a route: its own, 304 where it may be kept, and its problems by status. */
export function responsesOf(route: Route, examples: readonly ContractExample[]): ZodOpenApiResponsesObject {
  const responses: Record<string, ZodOpenApiResponsesObject[`${1 | 2 | 3 | 4 | 5}${string}`]> = {};
  for (const [status, response] of Object.entries(route.responses)) {
    responses[status] = success(status, response, examples, route.door === 'partner');
    if (response.caching !== 'no-store') {
      responses['304'] = notModified;
    }
  }
  const codes: readonly ProblemCode[] = [
    ...route.problems,
    ...(route.door === 'public' ? [] : guardedProblems),
    ...sharedProblems,
  ];
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  for (const [status, ofStatus] of [...byStatus].sort(([a], [b]) => a - b)) {
    // An operation without a problem of its own at a status shares the answer with all others: kept once.
    const shared = sharedResponses.get(status);
    const isShared = shared !== undefined && ofStatus.length === sharedAt(status).length;
    responses[String(status)] = isShared ? shared : problemResponse(ofStatus);
  }
  return responses as ZodOpenApiResponsesObject;
}

function success(
  status: string,
  { description, schema, caching }: RouteResponse,
  examples: readonly ContractExample[],
  isLimited: boolean,
) {
  const own = examples.filter((example) => example.of === status);
  return {
    description,
    headers: z.object({
      ...commonHeaders,
      ...(caching === 'no-store' ? {} : entityTag),
      ...(isLimited ? rateLimit : {}),
    }),
    content: {
      'application/json': {
        schema,
        ...(own.length > 0 && {
          examples: Object.fromEntries(own.map(({ name, summary, value }) => [name, { summary, value }])),
        }),
      },
    },
  };
}

function problemResponse(codes: readonly ProblemCode[]) {
  const isLimited = codes.some((code) => code === 'quota-exceeded');
  const retryable = codes.some((code) => [429, 503].includes(problems[code].status));
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title.en}.`).join(' '),
    headers: z.object({
      ...commonHeaders,
      ...(codes.includes('unauthorized') ? challenge : {}),
      ...(retryable ? retryAfter : {}),
      ...(isLimited ? rateLimit : {}),
    }),
    content: {
      [problemMediaType]: {
        schema: problemBody,
        examples: Object.fromEntries(
          codes.map((code) => [
            code,
            {
              summary: problems[code].title.en,
              value: renderProblem(code, languages[0], EXAMPLE_REQUEST_ID),
            },
          ]),
        ),
      },
    },
  };
}
