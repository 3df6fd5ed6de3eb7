import { type GatewayResponseType, gatewayProblems } from '../shared/contract/gateway-problems.ts';
import { challenges, publicCors, securityHeaders } from '../shared/contract/headers.ts';
import { languages } from '../shared/contract/language.ts';
import { type ProblemBody, problemMediaType, renderProblem } from '../shared/contract/problem-body.ts';
import { type ProblemCode, problems } from '../shared/contract/problems.ts';

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

/**
 * The gateway cannot negotiate: its templates do not see the headers of a request. What is for people to read is said in
 * every language, the default one first, and what names the problem in that one.
 */
function bodyInAllLanguages(code: ProblemCode, requestId: string): ProblemBody {
  const all = languages.map((language) => renderProblem(code, language, requestId));
  const inAll = (member: 'detail' | 'userMessage') => all.map((body) => body[member]).join(' ');
  return { ...all[0]!, detail: inAll('detail'), userMessage: inAll('userMessage') };
}

/** Seconds after which a request that was held back, or not served, is worth another try. */
const retryAfterSeconds = 1;

/**
 * What the gateway answers to the preflight of a browser on a public path, whatever page asks. Those of guarded paths are
 * answered by the functions, which know whose pages may come (`shared/http/cross-origin.ts`).
 *
 * @param methods of the path.
 */
export function publicPreflightHeaders(methods: readonly string[]): Readonly<Record<string, string>> {
  return {
    ...securityHeaders,
    'Access-Control-Allow-Origin': publicCors.allowOrigin,
    'Access-Control-Allow-Methods': methods.join(','),
    'Access-Control-Allow-Headers': publicCors.allowHeaders.join(','),
    'Access-Control-Max-Age': String(publicCors.maxAge),
    'Cache-Control': 'no-store',
  };
}

/**
 * What the gateway answers by itself, without a function: API Gateway and the stand-in say the same.
 *
 * @param requestId the id of the request, or what the gateway will put it in for.
 */
export function gatewayAnswer(type: GatewayResponseType, requestId: string): GatewayAnswer {
  const code = gatewayProblems[type];
  const { status, retryable } = problems[code];
  return {
    status,
    headers: {
      ...securityHeaders,
      // Also behind guarded doors, as the gateway cannot tell origins apart: a page may read that it was refused. Nothing
      // of anybody is in it, and without a list of methods and headers it lets no preflight pass.
      'Access-Control-Allow-Origin': publicCors.allowOrigin,
      'Access-Control-Expose-Headers': publicCors.exposeHeaders.join(', '),
      'Cache-Control': 'no-store',
      'Content-Language': languages.join(', '),
      'Content-Type': problemMediaType,
      // A function answers the same address in the caller's language.
      Vary: 'Accept-Language',
      ...(status === 401 && { 'WWW-Authenticate': challenges }),
      ...(retryable && { 'Retry-After': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(bodyInAllLanguages(code, requestId)),
  };
}
