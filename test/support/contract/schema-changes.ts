/** What is read here of a JSON Schema as OpenAPI 3.1 has it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly [keyword: string]: unknown;
}

/** Who writes what a schema describes: callers write requests, we write responses. */
export type Direction = 'request' | 'response';

/** The schema of a reference into a document. */
export type Resolve = (reference: string) => Schema;

/** Keywords that say nothing of which values are good. */
const annotations = new Set([
  'description',
  'examples',
  'example',
  'title',
  'default',
  'deprecated',
  'discriminator',
  'override',
  '$comment',
]);

const compared = new Set([
  '$ref',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
  'enum',
  'const',
  'anyOf',
  'oneOf',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
]);

const lowerBounds = ['minimum', 'minLength', 'minItems'] as const;
const upperBounds = ['maximum', 'maxLength', 'maxItems'] as const;

/**
 * Compares two versions of schemas. In a request, what was accepted must still be; in a response, what may come must
 * have been able to come before, and what could be relied on must still be there. Values of a response may be added only
 * where the version before said so by `x-extensible-enum: true`.
 */
export class SchemaComparison {
  readonly #direction: Direction;
  readonly #before: Resolve;
  readonly #after: Resolve;
  /** Pairs of references on the way: a schema may contain itself. */
  readonly #open = new Set<string>();

  constructor(direction: Direction, before: Resolve, after: Resolve) {
    this.#direction = direction;
    this.#before = before;
    this.#after = after;
  }

  /** What breaks those who go by `before`, each with its place below `at`. */
  breaks(before: Schema, after: Schema, at: string): string[] {
    const pair = `${before.$ref} ${after.$ref}`;
    const isNamed = before.$ref !== undefined && after.$ref !== undefined;
    if (isNamed && this.#open.has(pair)) return [];
    if (isNamed) this.#open.add(pair);
    try {
      return this.#compare(resolved(before, this.#before), resolved(after, this.#after), at);
    } finally {
      this.#open.delete(pair);
    }
  }

  #compare(before: Schema, after: Schema, at: string): string[] {
    const unread = [...Object.keys(before), ...Object.keys(after)].filter(
      (keyword) => !compared.has(keyword) && !annotations.has(keyword) && !keyword.startsWith('x-'),
    );
    // A keyword this cannot compare must not pass as if it had been.
    if (unread.length > 0) throw new Error(`${at}: cannot compare ${[...new Set(unread)].join(', ')}.`);
    if (optionsOf(before) !== null || optionsOf(after) !== null) return this.#options(before, after, at);
    return [
      ...this.#values(before, after, at),
      ...this.#bounds(before, after, at),
      ...this.#members(before, after, at),
      ...(before.items !== undefined && after.items !== undefined
        ? this.breaks(before.items, after.items, `${at}/items`)
        : []),
      ...this.#names(before, after, at),
    ];
  }

  /** Of a choice, each side's option must find one that fits on the other: in requests the old ones, in responses the new ones. */
  #options(before: Schema, after: Schema, at: string): string[] {
    const old = optionsOf(before) ?? [before];
    const now = optionsOf(after) ?? [after];
    const isRequest = this.#direction === 'request';
    return (isRequest ? old : now).flatMap((option) => {
      const others = isRequest ? now : old;
      const found = others.map((other) =>
        isRequest ? this.breaks(option, other, at) : this.breaks(other, option, at),
      );
      if (found.some((breaks) => breaks.length === 0)) return [];
      // The nearest option says best what has changed; with a single one it is the only one meant.
      const [nearest = []] = found.toSorted((one, other) => one.length - other.length);
      return [
        `${at}: ${isRequest ? 'an alternative is no longer accepted' : 'there is a new alternative'} (${nearest[0] ?? 'none left'})`,
      ];
    });
  }

  #values(before: Schema, after: Schema, at: string): string[] {
    const [narrow, wide] = this.#direction === 'request' ? [before, after] : [after, before];
    const word = this.#direction === 'request' ? 'no longer accepted' : 'new';
    const values = valuesOf(narrow);
    const allowed = valuesOf(wide);
    if (allowed === null) {
      const types = typesOf(wide);
      const strangers =
        types === null ? [] : (typesOf(narrow) ?? ['any']).filter((type) => !fits(type, types));
      return strangers.map((type) => `${at}: the type ${type} is ${word}`);
    }
    // Callers were told to expect others.
    if (this.#direction === 'response' && before['x-extensible-enum'] === true) return [];
    if (values === null) return [`${at}: values beside ${JSON.stringify(allowed)} are ${word}`];
    return values
      .filter((value) => !allowed.includes(value))
      .map((value) => `${at}: the value ${JSON.stringify(value)} is ${word}`);
  }

  #bounds(before: Schema, after: Schema, at: string): string[] {
    const [narrow, wide] = this.#direction === 'request' ? [before, after] : [after, before];
    // Listed values keep to any bound by themselves.
    if (valuesOf(narrow) !== null) return [];
    const isBeyond = (keyword: string, strictest: number, isOutside: (value: number) => boolean) => {
      const bound = wide[keyword] as number | undefined;
      return bound !== undefined && isOutside(bound) && strictest !== bound;
    };
    const changed = [
      ...lowerBounds.filter((keyword) => {
        const own = narrow[keyword] ?? Number.NEGATIVE_INFINITY;
        return isBeyond(keyword, own, (bound) => own < bound);
      }),
      ...upperBounds.filter((keyword) => {
        const own = narrow[keyword] ?? Number.POSITIVE_INFINITY;
        return isBeyond(keyword, own, (bound) => own > bound);
      }),
      // Which of two patterns takes more cannot be told: any other is a change.
      ...(['pattern', 'format'] as const).filter(
        (keyword) => wide[keyword] !== undefined && wide[keyword] !== narrow[keyword],
      ),
    ];
    return changed.map(
      (keyword) => `${at}: ${keyword} was ${before[keyword] ?? 'absent'}, is ${after[keyword] ?? 'absent'}`,
    );
  }

  #members(before: Schema, after: Schema, at: string): string[] {
    const old = before.properties ?? {};
    const now = after.properties ?? {};
    const isRequest = this.#direction === 'request';
    const [wasRequired, isRequired] = [new Set(before.required), new Set(after.required)];
    const gone = Object.keys(old).filter((name) => !(name in now));
    // An open object takes a member it does not name.
    const refused = isRequest && after.additionalProperties !== false ? [] : gone;
    const demanded = isRequest
      ? [...isRequired]
          .filter((name) => !wasRequired.has(name))
          .map((name) => `${at}/${name}: is required now`)
      : [...wasRequired]
          .filter((name) => name in now && !isRequired.has(name))
          .map((name) => `${at}/${name}: is no longer always there`);
    return [
      ...refused.map((name) => `${at}/${name}: is gone`),
      ...demanded,
      ...(isRequest && before.additionalProperties !== false && after.additionalProperties === false
        ? [`${at}: other members are refused now`]
        : []),
      ...Object.keys(old)
        .filter((name) => name in now)
        .flatMap((name) => this.breaks(old[name]!, now[name]!, `${at}/${name}`)),
    ];
  }

  /** Of records whose names are data. */
  #names(before: Schema, after: Schema, at: string): string[] {
    const pairs = [
      [before.additionalProperties, after.additionalProperties],
      [before.propertyNames, after.propertyNames],
    ] as const;
    return pairs.flatMap(([old, now]) =>
      typeof old === 'object' && typeof now === 'object' ? this.breaks(old, now, `${at}/*`) : [],
    );
  }
}

/** A reference with what stands beside it, as 2020-12 reads it. */
function resolved(schema: Schema, resolve: Resolve): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  return { ...resolved(resolve($ref), resolve), ...beside };
}

function optionsOf(schema: Schema): readonly Schema[] | null {
  return schema.anyOf ?? schema.oneOf ?? null;
}

function valuesOf(schema: Schema): readonly unknown[] | null {
  if ('const' in schema) return [schema.const];
  return schema.enum ?? null;
}

function typesOf({ type }: Schema): readonly string[] | null {
  if (type === undefined) return null;
  return typeof type === 'string' ? [type] : type;
}

function fits(type: string, allowed: readonly string[]): boolean {
  return allowed.includes(type) || (type === 'integer' && allowed.includes('number'));
}
