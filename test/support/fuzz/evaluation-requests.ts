import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { evaluationRequest } from '../../../shared/contract/evaluation/request.ts';
import { jsonPost, proxyEvent } from '../proxy-event.ts';
import { arbitraryOf } from './arbitrary-of-schema.ts';
import { coherent } from './coherent.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { broken, mutated, SECRET } from './mutations.ts';

export interface FuzzRequest {
  readonly kind: 'valid' | 'any' | 'mutated' | 'broken' | 'hostile' | 'wrapped';
  readonly event: APIGatewayProxyEvent;
}

const RESOURCE = '/v1/evaluations';
const { resident, asOf, explain } = evaluationRequest.shape;

/** Bodies the contract accepts, for the policies and services there are. */
export function evaluationBodies(codes: readonly string[]): fc.Arbitrary<object> {
  return fc.record(
    {
      resident: arbitraryOf(resident),
      asOf: arbitraryOf(asOf),
      explain: arbitraryOf(explain),
      policy: fc.constantFrom('chengdu', 'cn-national'),
      services: fc.subarray([...codes], { minLength: 1 }),
    },
    { requiredKeys: ['resident'] },
  );
}

/** Good and bad bodies in wrong wrapping: types, encodings, bytes that are no text. */
function wrapped(codes: readonly string[]) {
  const type = fc.constantFrom(
    undefined,
    'text/plain',
    'application/json; charset=gbk',
    'application/json',
    '',
    'a/b',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString('base64')),
    evaluationBodies(codes).map((body) => Buffer.from(JSON.stringify(body)).toString('base64')),
    fc.string({ maxLength: 200 }),
  );
  return fc
    .record({ type, bytes, isBase64Encoded: fc.boolean() })
    .map(({ type: contentType, bytes: body, isBase64Encoded }) =>
      proxyEvent({
        method: 'POST',
        resource: RESOURCE,
        body,
        isBase64Encoded,
        headers: contentType === undefined ? {} : { 'content-type': contentType },
      }),
    );
}

/**
 * Requests to `POST /v1/evaluations`: good ones, good ones gone wrong, and malice.
 *
 * @param codes services that every version of the policies knows.
 */
export function evaluationRequests(codes: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const headers = fc.constantFrom({}, { 'Accept-Language': 'en' }, { 'X-Correlation-Id': SECRET });
  const post = (kind: FuzzRequest['kind'], texts: fc.Arbitrary<string>) =>
    fc.tuple(texts, headers).map(([body, own]) => ({ kind, event: jsonPost(RESOURCE, body, own) }));
  return fc.oneof(
    {
      weight: 6,
      arbitrary: post(
        'valid',
        evaluationBodies(codes).map((body) => JSON.stringify(coherent(body))),
      ),
    },
    {
      weight: 2,
      arbitrary: post(
        'any',
        evaluationBodies(codes).map((body) => JSON.stringify(body)),
      ),
    },
    { weight: 6, arbitrary: post('mutated', mutated(evaluationBodies(codes))) },
    { weight: 3, arbitrary: post('broken', broken(evaluationBodies(codes))) },
    { weight: 2, arbitrary: post('hostile', fc.constantFrom(...Object.values(hostileBodies))) },
    { weight: 1, arbitrary: wrapped(codes).map((event) => ({ kind: 'wrapped' as const, event })) },
  );
}
