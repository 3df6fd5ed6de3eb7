import { expect, it } from 'vitest';
import { interned } from '../../../shared/domain/policy/interned.ts';

it('is the same value, whatever it is made of', () => {
  const value = {
    word: ['previous', 'month'].join('-'),
    nothing: null,
    count: 1.5,
    nested: { list: ['pension', { days: 3, held: false }], __proto__: null },
    0: '',
  };
  expect(interned(value)).toEqual(value);
  expect(Object.keys(interned(value))).toEqual(Object.keys(value));
  expect(['constructor', '__proto__', '0', '名'].map((text) => interned(text))).toEqual([
    'constructor',
    '__proto__',
    '0',
    '名',
  ]);
});
