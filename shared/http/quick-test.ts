import type * as z from 'zod/mini';

/** Whether a value is valid. */
export type QuickTest = (value: unknown) => boolean;

const tests = new WeakMap<z.core.$ZodType, QuickTest | null>();

/**
 * A test that lets through what a schema lets through without changing it, made from the schema: a valid body is most
 * of what comes in, and a schema takes five times as long to say so, as it copies what it reads and is ready to say what
 * is wrong. Null where a schema asks for something that is not known here, or changes values.
 */
export function quickTest(schema: z.core.$ZodType): QuickTest | null {
  let test = tests.get(schema);
  if (test === undefined) {
    test = testOf((schema as z.core.$ZodTypes)._zod.def);
    tests.set(schema, test);
  }
  return test;
}

function testOf(def: z.core.$ZodTypes['_zod']['def']): QuickTest | null {
  const checks = testsOfChecks(def.checks ?? []);
  if (checks === null) return null;
  switch (def.type) {
    case 'object':
      return checks.length > 0 ? null : objectTest(def);
    case 'array': {
      const element = quickTest(def.element);
      if (element === null) return null;
      return (value) => Array.isArray(value) && all(checks, value) && areAll(element, value);
    }
    case 'union':
      return checks.length > 0 ? null : unionTest(def);
    case 'optional':
    case 'nullable': {
      const inner = checks.length > 0 ? null : quickTest(def.innerType);
      if (inner === null) return null;
      const none = def.type === 'optional' ? undefined : null;
      return (value) => value === none || inner(value);
    }
    case 'string':
      return isPlain(def) ? stringTest(checks) : null;
    case 'number':
      return numberTest(def, checks);
    case 'boolean':
      return checks.length > 0 ? null : (value) => value === true || value === false;
    case 'enum': {
      const values = new Set<unknown>(Object.values(def.entries));
      return checks.length > 0 ? null : (value) => values.has(value);
    }
    default:
      return null;
  }
}

function all(tests: readonly QuickTest[], value: unknown): boolean {
  for (const test of tests) if (!test(value)) return false;
  return true;
}

function areAll(test: QuickTest, values: readonly unknown[]): boolean {
  for (let index = 0; index < values.length; index++) if (!test(values[index])) return false;
  return true;
}

/** Most strings have one pattern. */
function stringTest(checks: readonly QuickTest[]): QuickTest {
  const [only] = checks;
  if (checks.length === 1) return (value) => typeof value === 'string' && only!(value);
  return (value) => typeof value === 'string' && all(checks, value);
}

/** Only objects that refuse what they do not name; the others leave members out. */
function objectTest({ shape, catchall }: z.core.$ZodObjectDef): QuickTest | null {
  if (catchall?._zod.def.type !== 'never') return null;
  const members = new Map<string, MemberTest>();
  let required = 0;
  for (const [name, schema] of Object.entries(shape)) {
    const isRequired = schema._zod.optin !== 'optional';
    const present = presentForm(schema);
    const test = quickTest(present);
    if (test === null) return null;
    members.set(name, { name, test, isRequired, orUndefined: present !== schema, next: null });
    if (isRequired) required++;
  }
  const beforeFirst: Followed = { next: null };
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let left = required;
    let before = beforeFirst;
    // Inherited members too, at which a schema would not look: what JSON spells has none.
    for (const name in value) {
      let member = before.next;
      if (member === null || member.name !== name) {
        const other = members.get(name);
        if (other === undefined) return false;
        member = other;
        before.next = member;
      }
      before = member;
      const given = (value as Record<string, unknown>)[name];
      if (!member.test(given) && !(given === undefined && member.orUndefined)) return false;
      if (member.isRequired) left--;
    }
    return left === 0;
  };
}

/** What comes before a member, and the one that came next the last time: the members of most objects come in one order. */
interface Followed {
  next: MemberTest | null;
}

interface MemberTest extends Followed {
  readonly name: string;
  readonly test: QuickTest;
  readonly isRequired: boolean;
  readonly orUndefined: boolean;
}

/** What a member has to be where it has a value, as every member that JSON spells has. */
function presentForm(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'optional' && (def.checks ?? []).length === 0 ? def.innerType : schema;
}

/** One of several, or exactly one (`xor`). */
function unionTest(def: z.core.$ZodUnionDef): QuickTest | null {
  const options = def.options.map(quickTest);
  if (!options.every((option) => option !== null)) return null;
  const isXor = def.inclusive === false;
  return (value) => {
    let count = 0;
    for (const option of options) {
      if (!option(value)) continue;
      if (!isXor) return true;
      count++;
    }
    return count === 1;
  };
}

/** A string without a format of its own, which may ask for more than a pattern, and without coercion. */
function isPlain(def: object): boolean {
  return !('check' in def) && !('coerce' in def);
}

function numberTest(def: z.core.$ZodNumberDef, checks: readonly QuickTest[]): QuickTest | null {
  if (isPlain(def)) return (value) => Number.isFinite(value) && all(checks, value);
  const isInteger = 'format' in def && def.format === 'safeint' && !('coerce' in def);
  return isInteger ? (value) => Number.isSafeInteger(value) && all(checks, value) : null;
}

function testsOfChecks(checks: readonly z.core.$ZodCheck<never>[]): QuickTest[] | null {
  const tests: QuickTest[] = [];
  for (const check of checks) {
    const test = testOfCheck((check as z.core.$ZodChecks)._zod.def);
    if (test === null) return null;
    tests.push(test);
  }
  return tests;
}

/** What a check asks of a value whose type is known to be right. */
function testOfCheck(def: z.core.$ZodChecks['_zod']['def']): QuickTest | null {
  switch (def.check) {
    case 'string_format': {
      const { format, pattern } = def;
      if (format !== 'regex' || pattern === undefined || pattern.global || pattern.sticky) return null;
      return (value) => pattern.test(value as string);
    }
    case 'min_length':
      return (value) => (value as { length: number }).length >= def.minimum;
    case 'max_length':
      return (value) => (value as { length: number }).length <= def.maximum;
    case 'greater_than':
    case 'less_than':
      return boundTest(def);
    default:
      return null;
  }
}

function boundTest(def: z.core.$ZodCheckLessThanDef | z.core.$ZodCheckGreaterThanDef): QuickTest {
  const { check, inclusive } = def;
  const bound = def.value as number;
  const isInside = (value: number) => (check === 'greater_than' ? value > bound : value < bound);
  return (value) => isInside(value as number) || (inclusive && value === bound);
}
