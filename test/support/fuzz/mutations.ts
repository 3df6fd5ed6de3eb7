import fc from 'fast-check';

/** Stands wherever a value can be wrong: it must never come back, and never be logged. */
export const SECRET = '510104189901010015';

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

/** The texts of bodies with some of their values, anywhere inside, replaced, dropped or joined by strangers. */
export function mutated(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'add', 'wrap'),
    junk,
    name: fc.constantFrom(SECRET, 'extra', 'birthDate', 'events', '张三', 'constructor', 'a/b~c'),
  });
  return fc.tuple(bodies, fc.array(change, { minLength: 1, maxLength: 4 })).map(([body, changes]) => {
    const root = { body: structuredClone(body) };
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

/** The texts of bodies with a few characters changed. */
export function broken(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
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
  return fc.tuple(bodies, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([body, edits]) =>
    edits.reduce((text, { at, cut, token: inserted }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + inserted + text.slice(place + cut);
    }, JSON.stringify(body)),
  );
}
