import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/contract/limits.ts';
import { readJsonBody } from '../../../shared/http/read-json-body.ts';
import { RequestProblem } from '../../../shared/http/request-problem.ts';
import { jsonPost, type ProxyRequest, proxyEvent } from '../../support/proxy-event.ts';

const resource = '/v1/evaluations';
const read = (body: string) => readJsonBody(jsonPost(resource, body));
const send = (request: Partial<ProxyRequest>) =>
  readJsonBody(
    proxyEvent({ method: 'POST', resource, headers: { 'content-type': 'application/json' }, ...request }),
  );

function problemOf(call: () => unknown) {
  try {
    call();
  } catch (error) {
    if (error instanceof RequestProblem) {
      return { code: error.code, errors: (error.details.errors?.('en') ?? []).map(({ code }) => code) };
    }
    throw error;
  }
  return null;
}

describe('readJsonBody', () => {
  it('reads JSON of every kind of root', () => {
    expect(read('{"a":[1,true,null,"居住证"]}')).toEqual({ a: [1, true, null, '居住证'] });
    expect(read(' [] ')).toEqual([]);
    expect(read('null')).toBeNull();
  });

  it.each([
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
    ' application/json ',
  ])('takes the content type %j', (type) => {
    expect(send({ headers: { 'CONTENT-TYPE': type }, body: '{}' })).toEqual({});
  });

  it.each([
    '',
    'text/plain',
    'application/json; charset=gbk',
    'application/jsonp',
    'application/json, text/html',
    'multipart/form-data; boundary=x',
  ])('refuses the content type %j', (type) => {
    expect(problemOf(() => send({ headers: { 'content-type': type }, body: '{}' }))?.code).toBe(
      'unsupported-media-type',
    );
  });

  it('refuses a body without content type, and one that is compressed', () => {
    expect(problemOf(() => send({ headers: {}, body: '{}' }))?.code).toBe('unsupported-media-type');
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect(problemOf(() => send({ headers, body: '{}' }))?.code).toBe('unsupported-media-type');
  });

  it('takes 256 KB and not a byte more, counted in UTF-8', () => {
    const filled = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;
    expect(read(filled(limits.bodyBytes))).toHaveLength(limits.bodyBytes - 2);
    expect(problemOf(() => read(filled(limits.bodyBytes + 1)))?.code).toBe('payload-too-large');
    expect(problemOf(() => read(`"${'证'.repeat(limits.bodyBytes / 3)}"`))?.code).toBe('payload-too-large');
  });

  it('decodes base64, and measures what was decoded', () => {
    const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64');
    const encoded = (body: string) => ({ body, isBase64Encoded: true });
    expect(send(encoded(base64('{"a":"证"}')))).toEqual({ a: '证' });
    const filled = (bytes: number) => base64(`"${'x'.repeat(bytes - 2)}"`);
    expect(send(encoded(filled(limits.bodyBytes)))).toHaveLength(limits.bodyBytes - 2);
    expect(problemOf(() => send(encoded(filled(limits.bodyBytes + 1))))?.code).toBe('payload-too-large');
    expect(problemOf(() => send(encoded(base64(Uint8Array.of(0x22, 0xc3, 0x28, 0x22)))))).toEqual({
      code: 'malformed-body',
      errors: ['not-utf-8'],
    });
  });

  it.each([null, '', ' \n'])('calls a body of %j missing', (body) => {
    expect(problemOf(() => send({ body }))).toEqual({ code: 'malformed-body', errors: ['required'] });
  });

  it.each([
    '{',
    '{"a":01}',
    "{'a':1}",
    '{"a":1,}',
    'undefined',
    'NaN',
    '{"a":"\u0000"}',
    '\uFEFF{}',
    '{} {}',
  ])('refuses %j as no JSON', (body) => {
    expect(problemOf(() => read(body))).toEqual({ code: 'malformed-body', errors: ['not-json'] });
  });

  it('refuses half a surrogate pair, which no UTF-8 has', () => {
    expect(problemOf(() => read('{"a":"\ud800"}'))?.errors).toEqual(['not-utf-8']);
  });

  it('names all faults of a body that parsers would take', () => {
    expect(problemOf(() => read('{"a":1,"a":2,"__proto__":{"b":1,"b":1}}'))).toEqual({
      code: 'malformed-body',
      errors: ['duplicate-key', 'forbidden-key', 'duplicate-key'],
    });
  });

  it('lists at most a hundred faults and says how many there are more', () => {
    const repeated = Array(limits.reportedErrors + 6)
      .fill('"a":1')
      .join(',');
    const problem = problemOf(() => read(`{${repeated}}`));
    expect(problem?.errors).toHaveLength(limits.reportedErrors + 1);
    expect(problem?.errors.at(-1)).toBe('more-errors');
  });
});
