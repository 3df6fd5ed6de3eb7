import { type Direction, type Schema, SchemaComparison } from './schema-changes.ts';

interface Described {
  readonly $ref?: string;
  readonly schema?: Schema;
}

interface Parameter extends Described {
  readonly in?: string;
  readonly name?: string;
  readonly required?: boolean;
}

interface Answer {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, Described & { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, Described>>;
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, Described>>;
  };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security?: readonly object[];
}

/** As much of an OpenAPI 3.1 document as a client is written against. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: object;
}

/**
 * Whatever of `after` breaks a client that was written against `before`: what is gone of paths, operations, answers, media types,
 * headers and members; what requests must have or may no longer have; what answers may newly hold. Text does not
 * count, nor does what is only added.
 *
 * @returns one line a break, with its place; none when there is none.
 */
export function breakingChanges(before: OpenApi, after: OpenApi): string[] {
  const documents = { before, after };
  return Object.entries(before.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const at = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      return now === undefined ? [`${at}: is gone`] : operationBreaks(operation, now, at, documents);
    }),
  );
}

interface Documents {
  readonly before: OpenApi;
  readonly after: OpenApi;
}

function operationBreaks(before: Operation, after: Operation, at: string, documents: Documents): string[] {
  return [
    ...(before.operationId === after.operationId ? [] : [`${at}: is called ${after.operationId} now`]),
    ...credentialBreaks(before, after, at),
    ...parameterBreaks(before, after, at, documents),
    ...bodyBreaks(before, after, at, documents),
    ...Object.entries(before.responses).flatMap(([status, answer]) =>
      answerBreaks(answer, after.responses[status], `${at} ${status}`, documents),
    ),
  ];
}

function credentialBreaks(
  { security: before = [] }: Operation,
  { security: after = [] }: Operation,
  at: string,
) {
  if (after.length === 0) return [];
  const known = after.map((way) => JSON.stringify(way));
  if (before.length === 0) return [`${at}: asks for a credential now`];
  return before
    .filter((way) => !known.includes(JSON.stringify(way)))
    .map((way) => `${at}: ${Object.keys(way)} is no longer accepted`);
}

function parameterBreaks(before: Operation, after: Operation, at: string, documents: Documents): string[] {
  const byName = (operation: Operation, document: OpenApi) =>
    new Map(
      (operation.parameters ?? []).map((parameter) => {
        const whole = found(parameter, document);
        return [`${whole.in} ${whole.name}`, whole] as const;
      }),
    );
  const old = byName(before, documents.before);
  const now = byName(after, documents.after);
  const added = [...now]
    .filter(([name, { required }]) => required === true && old.get(name)?.required !== true)
    .map(([name]) => `${at} ${name}: is required now`);
  return [
    ...added,
    ...[...old].flatMap(([name, parameter]) => {
      const other = now.get(name);
      if (other === undefined) return [`${at} ${name}: is gone`];
      return schemaBreaks('request', parameter, other, `${at} ${name}`, documents);
    }),
  ];
}

function bodyBreaks(before: Operation, after: Operation, at: string, documents: Documents): string[] {
  const old = before.requestBody;
  const now = after.requestBody;
  if (now?.required === true && old?.required !== true) return [`${at} body: is required now`];
  if (old === undefined) return [];
  if (now === undefined) return [`${at} body: is gone`];
  return contentBreaks('request', old.content, now.content, `${at} body`, documents);
}

function answerBreaks(before: Answer, after: Answer | undefined, at: string, documents: Documents): string[] {
  if (after === undefined) return [`${at}: is gone`];
  const old = found(before, documents.before);
  const now = found(after, documents.after);
  const headers = Object.keys(old.headers ?? {}).filter((name) => !(name in (now.headers ?? {})));
  return [
    ...headers.map((name) => `${at} header ${name}: is gone`),
    ...contentBreaks('response', old.content ?? {}, now.content ?? {}, at, documents),
  ];
}

function contentBreaks(
  direction: Direction,
  before: Readonly<Record<string, Described>>,
  after: Readonly<Record<string, Described>>,
  at: string,
  documents: Documents,
): string[] {
  return Object.entries(before).flatMap(([type, media]) => {
    const other = after[type];
    return other === undefined
      ? [`${at}: ${type} is gone`]
      : schemaBreaks(direction, media, other, at, documents);
  });
}

function schemaBreaks(
  direction: Direction,
  before: Described,
  after: Described,
  at: string,
  documents: Documents,
): string[] {
  const comparison = new SchemaComparison(
    direction,
    (reference) => partAt(reference, documents.before) as Schema,
    (reference) => partAt(reference, documents.after) as Schema,
  );
  return comparison.breaks(before.schema ?? {}, after.schema ?? {}, at);
}

/** What a part says, wherever it says it. */
function found<Part extends { readonly $ref?: string }>(part: Part, document: OpenApi): Part {
  return part.$ref === undefined ? part : (partAt(part.$ref, document) as Part);
}

/** The part of a document a local reference (`#/components/…`) points to. */
function partAt(reference: string, document: OpenApi): unknown {
  const names = reference
    .replace(/^#\//, '')
    .split('/')
    .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], document);
}
