import { expect, it } from 'vitest';
import { interned } from '../../../shared/domain/policy/interned.ts';

it('is the same value, of all those that JSON has', () => {
  const value = {
    word: ['previous', 'month'].join('-'),
    nothing: null,
    count: 1.5,
    nested: JSON.parse('{"list": ["pension", {"days": 3, "held": false}], "__proto__": {"months": 1}}'),
    0: '',
  };
  expect(interned(value)).toEqual(value);
  expect(JSON.stringify(interned(value))).toBe(JSON.stringify(value));
  expect(['constructor', '__proto__', '0', '名'].map((text) => interned(text))).toEqual([
    'constructor',
    '__proto__',
    '0',
    '名',
  ]);
});
