import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { evaluationRequest } from '../../../shared/contract/evaluation/request.ts';
import { jsonPost, proxyEvent } from '../proxy-event.ts';
import { arbitraryOf } from './arbitrary-of-schema.ts';
import { coherent } from './coherent.ts';
import { hostileBodies } from './hostile-bodies.ts';

/** Stands wherever a value can be wrong: it must never come back, and never be logged. */
export const SECRET = '510104189901010015';

export interface FuzzRequest {
  readonly kind: 'valid' | 'any' | 'mutated' | 'broken' | 'hostile' | 'wrapped';
  readonly event: APIGatewayProxyEvent;
}

const RESOURCE = '/v1/evaluations';
const { resident, asOf, explain } = evaluationRequest.shape;

/** Bodies the contract accepts, for the policies and services there are. */
function bodies(codes: readonly string[]) {
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

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    0.5,
    1e308,
    '',
    SECRET,
    '2024-02-30',
    '9999-12-31',
    '\u0000',
    '\ud800',
    [],
    {},
  ),
  fc.constantFrom([[[]]], { a: { b: [SECRET] } }, [null], 'x'.repeat(10_000)),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A body with some of its values, anywhere inside, replaced, dropped or joined by strangers. */
function mutated(codes: readonly string[]) {
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'add', 'wrap'),
    junk,
    name: fc.constantFrom(SECRET, 'extra', 'birthDate', 'events', '张三', 'constructor', 'a/b~c'),
  });
  return fc.tuple(bodies(codes), fc.array(change, { minLength: 1, maxLength: 4 })).map(([body, changes]) => {
    const root = { body: structuredClone(body) as unknown };
    for (const { at, how, junk: shared, name } of changes) {
      // A copy, or a later change would reach into the constant itself.
      const value = structuredClone(shared);
      const places = [...placesIn(root)];
      if (places.length === 0) break;
      const { holder, key } = places[at % places.length]!;
      if (how === 'replace') holder[key] = value;
      else if (how === 'wrap') holder[key] = [holder[key]];
      else if (how === 'remove') delete holder[key];
      else {
        const inside = holder[key];
        if (typeof inside === 'object' && inside !== null) (inside as Record<string, unknown>)[name] = value;
      }
    }
    return JSON.stringify(root.body) ?? '';
  });
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function* placesIn(holder: object): Generator<Place> {
  for (const [key, value] of Object.entries(holder)) {
    yield { holder: holder as Record<string, unknown>, key };
    if (typeof value === 'object' && value !== null) yield* placesIn(value);
  }
}

/** The text of a body with a few characters changed. */
function broken(codes: readonly string[]) {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '\u0000',
    '\ud800',
    '1e400',
    '"a":1,',
    '-',
    '证',
  );
  const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 3 }), token });
  return fc.tuple(bodies(codes), fc.array(edit, { minLength: 1, maxLength: 3 })).map(([body, edits]) =>
    edits.reduce((text, { at, cut, token: inserted }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + inserted + text.slice(place + cut);
    }, JSON.stringify(body)),
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
    bodies(codes).map((body) => Buffer.from(JSON.stringify(body)).toString('base64')),
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
        bodies(codes).map((body) => JSON.stringify(coherent(body))),
      ),
    },
    {
      weight: 2,
      arbitrary: post(
        'any',
        bodies(codes).map((body) => JSON.stringify(body)),
      ),
    },
    { weight: 6, arbitrary: post('mutated', mutated(codes)) },
    { weight: 3, arbitrary: post('broken', broken(codes)) },
    { weight: 2, arbitrary: post('hostile', fc.constantFrom(...Object.values(hostileBodies))) },
    { weight: 1, arbitrary: wrapped(codes).map((event) => ({ kind: 'wrapped' as const, event })) },
  );
}
