import type { APIGatewayProxyEvent } from 'aws-lambda';
import { fieldErrorDetail } from '../contract/field-errors.ts';
import { header } from './header.ts';
import { RequestProblem } from './request-problem.ts';

/** A quoted string (RFC 8941, section 3.3.3) or the bare key; without what would need escapes. */
const KEY = /^(?:"([\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255}))$/;

/**
 * The key under `Idempotency-Key`, without its quotes; null where there is none.
 *
 * @throws RequestProblem 400 for what is not 1 to 255 visible ASCII characters.
 */
export function readIdempotencyKey(event: APIGatewayProxyEvent): string | null {
  const value = header(event, 'idempotency-key');
  if (value === undefined) return null;
  const match = KEY.exec(value.trim());
  const key = match?.[1] ?? match?.[2];
  if (key !== undefined) return key;
  throw new RequestProblem('malformed-request', {
    errors: (language) => [
      {
        pointer: '/headers/idempotency-key',
        code: 'bad-format',
        detail: fieldErrorDetail('bad-format', language),
      },
    ],
  });
}
