import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type FieldErrorCode, fieldErrorDetail } from '../contract/field-errors.ts';
import { limits } from '../contract/limits.ts';
import { findJsonFaults } from '../json/json-faults.ts';
import { header } from './header.ts';
import { limitErrors } from './limit-errors.ts';
import { RequestProblem } from './request-problem.ts';

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?$/i;

/**
 * The JSON value a request carries.
 *
 * @throws RequestProblem 415 for another content type or an encoded body, 413 above {@link limits.bodyBytes}, 400 for
 * what is not UTF-8, not JSON, too deep, too many, or has a name twice.
 */
export function readJsonBody(event: APIGatewayProxyEvent): unknown {
  const encoding = header(event, 'content-encoding') ?? 'identity';
  if (
    !JSON_TYPE.test((header(event, 'content-type') ?? '').trim()) ||
    encoding.trim().toLowerCase() !== 'identity'
  ) {
    throw unsupported();
  }
  const text = decode(event);
  if (text.trim() === '') throw malformed('required');
  const faults = findJsonFaults(text);
  if (faults.length > 0) {
    throw new RequestProblem('malformed-body', {
      errors: (language) =>
        limitErrors(language, faults, ({ code, pointer, maximum }) => ({
          pointer,
          code,
          detail: fieldErrorDetail(code, language, maximum === undefined ? {} : { maximum }),
        })),
    });
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text: it goes nowhere.
    throw malformed('not-json');
  }
}

function decode({ body, isBase64Encoded }: APIGatewayProxyEvent): string {
  if (body === null || body === undefined) return '';
  if (!isBase64Encoded) {
    if (body.length > limits.bodyBytes || Buffer.byteLength(body) > limits.bodyBytes) throw tooLarge();
    if (!body.isWellFormed()) throw malformed('not-utf-8');
    return body;
  }
  if ((body.length / 4) * 3 - 2 > limits.bodyBytes) throw tooLarge();
  const bytes = Buffer.from(body, 'base64');
  if (bytes.length > limits.bodyBytes) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('not-utf-8');
  }
}

function unsupported(): RequestProblem {
  const [code, pointer] = ['not-allowed-value', '/headers/content-type'] as const;
  return new RequestProblem('unsupported-media-type', {
    errors: (language) => [
      { pointer, code, detail: fieldErrorDetail(code, language, { allowed: 'application/json' }) },
    ],
    // RFC 9110, section 15.5.16: what would have been taken.
    headers: { Accept: 'application/json' },
  });
}

function tooLarge(): RequestProblem {
  const code = 'too-many-bytes';
  return new RequestProblem('payload-too-large', {
    errors: (language) => [
      { pointer: '', code, detail: fieldErrorDetail(code, language, { maximum: limits.bodyBytes }) },
    ],
  });
}

function malformed(code: FieldErrorCode): RequestProblem {
  return new RequestProblem('malformed-body', {
    errors: (language) => [{ pointer: '', code, detail: fieldErrorDetail(code, language) }],
  });
}
