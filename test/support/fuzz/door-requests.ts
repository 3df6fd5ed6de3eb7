import fc from 'fast-check';
import type { Schema } from '../contract/schema-changes.ts';
import { type CallerName, callerNames } from '../doors/callers.ts';
import { JsonSchemaArbitraries, type NamedValues } from './arbitrary-of-json-schema.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { broken, mutated, SECRET } from './mutations.ts';

export interface DescribedParameter {
  readonly $ref?: string;
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface DescribedAnswer {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, { readonly $ref?: string; readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly parameters?: readonly DescribedParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, DescribedAnswer>>;
  readonly security: readonly object[];
}

/** As much of openapi.json as a fuzzer goes by. */
export interface DescribedApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, DescribedParameter>>;
    readonly responses: Readonly<Record<string, DescribedAnswer>>;
    readonly headers: Readonly<Record<string, { readonly required?: boolean }>>;
  };
}

export interface DoorRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whose credential is sent, or the `Authorization` header itself. */
  readonly who: CallerName | { readonly authorization: string };
}

/** Credentials that are none. */
const noCredentials = [
  '',
  'Bearer',
  'Bearer ',
  'Bearer a.b.c',
  `Bearer ${SECRET}`,
  'Bearer eyJhbGciOiJub25lIn0.e30.',
  'ApiKey',
  'ApiKey ak_0000000000',
  `ApiKey pe_test_${'a'.repeat(60)}`,
  'Basic YTpi',
  'bearer  x',
  'Negotiate',
  'x'.repeat(4_000),
];

/** Texts in the place of a path's or a query's parameter. No dots alone: a client would take them out of the path by itself. */
const strangeTexts = fc.oneof(
  fc.constantFrom(
    SECRET,
    '证',
    'a/b',
    'a%2Fb',
    '%00',
    '\u0000',
    "' OR 1=1 --",
    '<script>',
    'constructor',
    '__proto__',
    '2024-02-30',
    'x'.repeat(600),
    '-1',
    '1e9',
  ),
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ minLength: 1, maxLength: 10, unit: 'binary' }),
);

/**
 * Requests to one operation, made from its description: such as it accepts, such with something wrong in them, and
 * malice, by everybody and nobody.
 *
 * @param rightful those who may use it; every other request is sent by one of them.
 * @param named values that lead further than those made up, ids of things that are there for one; by the name of their schema,
 *   or of the parameter that takes them.
 */
export function doorRequests(
  api: DescribedApi,
  path: string,
  operation: DescribedOperation,
  rightful: readonly CallerName[],
  named: NamedValues,
): fc.Arbitrary<DoorRequest> {
  const values = new JsonSchemaArbitraries(api.components.schemas, named);
  const parameters = (operation.parameters ?? []).map((parameter) =>
    parameter.$ref === undefined
      ? parameter
      : api.components.parameters[parameter.$ref.replace('#/components/parameters/', '')]!,
  );
  const ofPlace = (place: DescribedParameter['in']) => parameters.filter((one) => one.in === place);
  const good = ({ name, schema }: DescribedParameter) =>
    (named[name] ?? values.of(schema)).map(String).filter(isNoDots);
  const body = operation.requestBody?.content['application/json']?.schema;
  return fc.record({
    path: fc
      .tuple(pathOf(path, ofPlace('path'), good), queryOf(ofPlace('query'), good))
      .map(([place, query]) => place + query),
    headers: headersOf(ofPlace('header'), body !== undefined),
    body: body === undefined ? fc.constant(null) : bodiesOf(values.of(body)),
    who: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...rightful) },
      { weight: 4, arbitrary: fc.constantFrom(...callerNames) },
      { weight: 1, arbitrary: fc.constantFrom(...noCredentials).map((authorization) => ({ authorization })) },
    ),
  });
}

type GoodText = (parameter: DescribedParameter) => fc.Arbitrary<string>;

function pathOf(path: string, parameters: readonly DescribedParameter[], good: GoodText) {
  const texts = parameters.map((parameter) =>
    fc.oneof(
      { weight: 4, arbitrary: good(parameter) },
      { weight: 1, arbitrary: strangeTexts.filter(isNoDots) },
    ),
  );
  return fc
    .tuple(...texts)
    .map((filled) =>
      parameters.reduce(
        (text, { name }, index) => text.replace(`{${name}}`, () => inUrl(filled[index]!)),
        path,
      ),
    );
}

function queryOf(parameters: readonly DescribedParameter[], good: GoodText) {
  const pairs = parameters.map((parameter) =>
    fc.option(
      fc
        .oneof({ weight: 5, arbitrary: good(parameter) }, { weight: 1, arbitrary: strangeTexts })
        .map((text) => `${parameter.name}=${inUrl(text)}`),
      { nil: null },
    ),
  );
  const strangers = fc.oneof(
    { weight: 12, arbitrary: fc.constant<string | null>(null) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('a=1', 'asOf=2024-06-01&asOf=2024-06-02', '%zz', '=', '&&', '%ff=%fe'),
    },
    { weight: 1, arbitrary: fc.tuple(strangeTexts, strangeTexts).map((pair) => pair.map(inUrl).join('=')) },
    { weight: 1, arbitrary: fc.constant(Array.from({ length: 33 }, (_, n) => `p${n}=1`).join('&')) },
  );
  return fc.tuple(strangers, ...pairs).map((all) => {
    const given = all.filter((one) => one !== null);
    return given.length === 0 ? '' : `?${given.join('&')}`;
  });
}

function headersOf(parameters: readonly DescribedParameter[], hasBody: boolean) {
  // What a client can send at all: visible characters of Latin-1.
  const texts = fc.oneof(
    fc.constantFrom('a', 'en', 'zh-CN;q=0.5, en', '*', 'W/"x"', SECRET, '"', 'x'.repeat(300), '\u00e9\u00ff'),
    fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]{0,30}[\x21-\x7e])?$/),
  );
  const own = parameters.map(({ name }) =>
    fc.option(
      texts.map((text) => [name, text] as const),
      { nil: null },
    ),
  );
  const types = fc.oneof(
    { weight: 20, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('text/plain', 'application/json; charset=gbk', 'a/b', 'application/xml'),
    },
  );
  return fc.tuple(types, ...own).map(([type, ...pairs]) => ({
    ...Object.fromEntries(pairs.filter((pair) => pair !== null)),
    ...(hasBody && { 'Content-Type': type }),
  }));
}

function bodiesOf(good: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: good.map((body) => JSON.stringify(body)) },
    { weight: 8, arbitrary: mutated(good) },
    { weight: 3, arbitrary: broken(good) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(hostileBodies)) },
  );
}

const isNoDots = (text: string) => !/^(?:\.|%2e){1,2}$/i.test(text) && text !== '';

/** Like `encodeURIComponent`, for halves of characters too. */
function inUrl(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
