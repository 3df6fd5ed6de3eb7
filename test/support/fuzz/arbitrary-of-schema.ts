import fc from 'fast-check';
import * as z from 'zod/mini';

interface Schema {
  readonly _zod: { readonly parent?: Schema };
  readonly def: {
    readonly type: string;
    readonly innerType?: Schema;
    readonly element?: Schema;
    readonly options?: readonly Schema[];
    readonly entries?: Readonly<Record<string, string>>;
    readonly shape?: Readonly<Record<string, Schema>>;
    readonly format?: string;
  };
  readonly minValue?: number;
  readonly maxValue?: number;
}

/** Arrays longer than this show nothing new and take long. */
const MAX_LENGTH = 8;

const civilDate = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const recentDate = fc
  .date({ min: new Date('1995-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** What the schemas that are told by a pattern stand for, by the id they have in the documents. */
const named: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  CivilDate: fc.oneof({ weight: 4, arbitrary: recentDate }, { weight: 1, arbitrary: civilDate }),
  CivilMonth: fc.oneof(recentDate, civilDate).map((date) => date.slice(0, 7)),
  AreaCode: fc.constantFrom('510104', '510107', '510112', '510181', '513425', '110101', 'CD-GXQ', 'CD-DBXQ'),
};

/**
 * Values a schema accepts, generated from the schema itself, so that a fact that is added to the contract is generated
 * from that day on. Optional members are there more often than not.
 */
export function arbitraryOf(schema: z.ZodMiniType): fc.Arbitrary<unknown> {
  return build(schema as unknown as Schema);
}

function build(schema: Schema): fc.Arbitrary<unknown> {
  const id = idOf(schema);
  const byName = id === null ? undefined : named[id];
  if (byName !== undefined) return byName;
  const { def } = schema;
  switch (def.type) {
    case 'optional':
      return build(def.innerType!);
    case 'nullable':
      return fc.oneof(
        { weight: 3, arbitrary: build(def.innerType!) },
        { weight: 1, arbitrary: fc.constant(null) },
      );
    case 'object':
      return record(def.shape!);
    case 'array':
      return fc.array(build(def.element!), { maxLength: MAX_LENGTH });
    case 'union':
      return fc.oneof(...def.options!.map(build));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries!));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return numbers(schema);
    default:
      throw new Error(
        `No values are known for a schema of type ${def.type}${id === null ? '' : ` (${id})`}.`,
      );
  }
}

/** The id of a schema, or of the one it was made from by giving it words of its own. */
function idOf(schema: Schema): string | null {
  const id = z.globalRegistry.get(schema as unknown as z.ZodMiniType)?.id;
  if (typeof id === 'string') return id;
  return schema._zod.parent === undefined ? null : idOf(schema._zod.parent);
}

function record(shape: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> {
  const optional = Object.keys(shape).filter((key) => shape[key]!.def.type === 'optional');
  const members = Object.fromEntries(Object.entries(shape).map(([key, member]) => [key, build(member)]));
  return fc
    .record(members)
    .chain((all) =>
      fc
        .subarray(optional, { minLength: Math.floor(optional.length / 2) })
        .map((kept) =>
          Object.fromEntries(
            Object.entries(all).filter(([key]) => !optional.includes(key) || kept.includes(key)),
          ),
        ),
    );
}

/** Mostly small, sometimes the bounds: 81 months are a better question than 1,793. */
function numbers({ minValue = 0, maxValue = 1_000, def }: Schema): fc.Arbitrary<number> {
  const isInteger = def.format === 'safeint';
  const common = Math.min(maxValue, maxValue > 10_000 ? 150_000 : 130);
  const usual = isInteger
    ? fc.integer({ min: Math.max(minValue, 0), max: common })
    : fc.double({ min: Math.max(minValue, 0), max: common, noNaN: true });
  return fc.oneof(
    { weight: 6, arbitrary: usual },
    { weight: 1, arbitrary: fc.constantFrom(minValue, maxValue) },
  );
}
