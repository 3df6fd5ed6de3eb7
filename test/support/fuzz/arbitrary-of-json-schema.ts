import fc from 'fast-check';
import type { Schema } from '../contract/schema-changes.ts';

/** Arrays longer than this show nothing new and take long. */
const MAX_LENGTH = 4;

const civilDate = fc
  .date({ min: new Date('1995-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Values by the name of a schema, in the place of those its keywords would give. */
export type NamedValues = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const alwaysNamed: NamedValues = {
  // Their patterns look ahead, which no generator of texts follows.
  CivilDate: civilDate,
  AreaCode: fc.constantFrom('510104', '510107', '510112', '513425', '110101', 'CD-GXQ'),
};

/**
 * Values that a schema of an OpenAPI 3.1 document accepts, made from the document alone, as a client that was written
 * against it would send them. Optional members are there in a third of the cases.
 */
export class JsonSchemaArbitraries {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #named: NamedValues;
  readonly #made = new Map<string, fc.Arbitrary<unknown>>();

  /** @param schemas the document's `components.schemas`. */
  constructor(schemas: Readonly<Record<string, Schema>>, named: NamedValues = {}) {
    this.#schemas = schemas;
    this.#named = { ...alwaysNamed, ...named };
  }

  of(schema: Schema): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.#ofName(schema.$ref.replace('#/components/schemas/', ''));
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const options = schema.anyOf ?? schema.oneOf;
    if (options !== undefined) return fc.oneof(...options.map((option) => this.of(option)));
    if (Array.isArray(schema.type)) {
      return fc.oneof(...schema.type.map((type: string) => this.of({ ...schema, type })));
    }
    switch (schema.type) {
      case 'object':
        return this.#record(schema);
      case 'array':
        return fc.array(this.of(schema.items ?? {}), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? MAX_LENGTH, MAX_LENGTH)),
        });
      case 'integer':
        return numbers(schema, (range) => fc.integer(range));
      case 'number':
        return numbers(schema, (range) => fc.double({ ...range, noNaN: true }));
      case 'string':
        return texts(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        throw new Error(`No values are known for ${JSON.stringify(schema).slice(0, 200)}.`);
    }
  }

  #ofName(name: string): fc.Arbitrary<unknown> {
    let made = this.#named[name] ?? this.#made.get(name);
    if (made === undefined) {
      made = this.of(this.#schemas[name]!);
      this.#made.set(name, made);
    }
    return made;
  }

  #record({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
    const members = Object.entries(properties).map(([name, member]) => [name, this.of(member)] as const);
    const demanded = members.filter(([name]) => required.includes(name));
    return fc.oneof(
      { weight: 2, arbitrary: fc.record(Object.fromEntries(members), { requiredKeys: [...required] }) },
      // The more facts are made up, the more of them contradict each other: some requests must get past that.
      { weight: 1, arbitrary: fc.record(Object.fromEntries(demanded)) },
    );
  }
}

/** Mostly small, sometimes the bounds. */
function numbers(
  { minimum = 0, maximum = 1_000 }: Schema,
  within: (range: { min: number; max: number }) => fc.Arbitrary<number>,
): fc.Arbitrary<number> {
  const usual = within({ min: Math.max(minimum, 0), max: Math.min(maximum, 1_000) });
  return fc.oneof(
    { weight: 6, arbitrary: usual },
    { weight: 1, arbitrary: fc.constantFrom(minimum, maximum) },
  );
}

function texts({ pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) {
    const whole = new RegExp(pattern);
    // What a text must not begin with cannot be generated, but looked for afterwards.
    const form = new RegExp(pattern.replace(/\(\?[!=][^()]*(?:\([^()]*\)[^()]*)*\)/g, ''));
    return fc.stringMatching(form, { size: 'small' }).filter((text) => whole.test(text));
  }
  return fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: 'grapheme' });
}
