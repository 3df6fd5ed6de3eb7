import { type GatewayResponseType, gatewayProblems } from '../shared/contract/gateway-problems.ts';
import { publicCors, securityHeaders } from '../shared/contract/headers.ts';
import { languages } from '../shared/contract/language.ts';
import { problemMediaType, renderProblem } from '../shared/contract/problem-body.ts';
import { problems } from '../shared/contract/problems.ts';

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

/** The gateway cannot negotiate; it answers in the default language and says so. */
const [language] = languages;

/** Seconds after which a request that was held back, or not served, is worth another try. */
const retryAfterSeconds = 1;

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
      'Access-Control-Allow-Origin': publicCors.allowOrigin,
      'Access-Control-Expose-Headers': publicCors.exposeHeaders.join(', '),
      'Cache-Control': 'no-store',
      'Content-Language': language,
      'Content-Type': problemMediaType,
      // A function answers the same address in the caller's language.
      Vary: 'Accept-Language',
      ...(retryable && { 'Retry-After': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(renderProblem(code, language, requestId)),
  };
}
