import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/contract/limits.ts';
import { findJsonFaults } from '../../../shared/json/json-faults.ts';

describe('findJsonFaults', () => {
  it('finds nothing in any JSON that a serializer writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(findJsonFaults(text)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('points to every name that is there twice, however it is written', () => {
    expect(findJsonFaults('{"a":{"b":1,"\\u0062":2},"c":[{"d":1},{"d":1,"d":2}]}')).toEqual([
      { code: 'duplicate-key', pointer: '/a/b' },
      { code: 'duplicate-key', pointer: '/c/1/d' },
    ]);
  });

  it('does not take values, other objects or other levels for repeated names', () => {
    expect(findJsonFaults('{"a":"a","b":{"a":"b"},"c":["a","a"],"d":{"a":"}"}}')).toEqual([]);
  });

  it('reads quotes and backslashes inside strings as part of them', () => {
    expect(findJsonFaults(String.raw`{"a":"\\\"{[","b\\":"\"","b\\\\":"x"}`)).toEqual([]);
  });

  it('refuses __proto__, plain or escaped, and points to the object it is in', () => {
    const forbidden = [{ code: 'forbidden-key', pointer: '/a' }];
    expect(findJsonFaults('{"a":{"__proto__":{}}}')).toEqual(forbidden);
    expect(findJsonFaults(String.raw`{"a":{"__pro\u0074o__":{}}}`)).toEqual(forbidden);
  });

  it.each(['[', '{"a":'])('takes the deepest nesting allowed of %s and not one level more', (open) => {
    expect(findJsonFaults(open.repeat(limits.depth))).toEqual([]);
    expect(findJsonFaults(open.repeat(limits.depth + 1))).toMatchObject([
      { code: 'too-deep', maximum: limits.depth },
    ]);
  });

  it('stops at a nesting of 200,000 without a stack of its own', () => {
    expect(findJsonFaults(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toHaveLength(1);
  });

  it('counts members and elements together', () => {
    const elements = (count: number) => `[${Array(count).fill(0).join(',')}]`;
    expect(findJsonFaults(elements(limits.values))).toEqual([]);
    expect(findJsonFaults(elements(limits.values + 2))).toMatchObject([{ code: 'too-many-values' }]);
  });

  it('leaves broken JSON to the parser, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', 'a', '1') }),
        (text) => {
          expect(() => findJsonFaults(text)).not.toThrow();
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('does not repeat a name that is no field name', () => {
    expect(findJsonFaults('{"a":{"510104189901010015":1,"510104189901010015":2}}')).toEqual([
      { code: 'duplicate-key', pointer: '/a' },
    ]);
  });
});
