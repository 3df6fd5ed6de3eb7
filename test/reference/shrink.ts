type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every value that is this one with a single member or element left out, at any depth. */
function* withoutOne(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      yield value.toSpliced(index, 1);
      for (const smaller of withoutOne(value[index])) yield value.with(index, smaller);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
      for (const smaller of withoutOne(member)) yield { ...value, [key]: smaller };
    }
  }
}

/** Leaves out whatever can be left out of `value` without `fails` ceasing to hold. What throws does not hold. */
export function shrink<T>(value: T, fails: (smaller: T) => boolean): T {
  const stillFails = (smaller: T) => {
    try {
      return fails(smaller);
    } catch {
      return false;
    }
  };
  for (const smaller of withoutOne(value as Json)) {
    if (stillFails(smaller as T)) return shrink(smaller as T, fails);
  }
  return value;
}
